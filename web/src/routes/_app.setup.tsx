import { createFileRoute } from '@tanstack/react-router';
import { SetupPage } from '@/features/settings/setup-page';

export const Route = createFileRoute('/_app/setup')({ component: SetupPage });
