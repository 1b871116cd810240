import { createFileRoute } from '@tanstack/react-router';
import { MailboxPage } from '@/features/mailbox/mailbox-page';

export const Route = createFileRoute('/_app/mailbox')({ component: MailboxPage });
