import { createFileRoute } from '@tanstack/react-router';
import { NoTicket } from '@/features/tickets/no-ticket';

export const Route = createFileRoute('/_app/inbox/$view/')({ component: NoTicket });
