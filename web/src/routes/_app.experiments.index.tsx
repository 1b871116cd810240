import { createFileRoute } from '@tanstack/react-router';
import { ExperimentsPage } from '@/features/experiments/experiments-page';

export const Route = createFileRoute('/_app/experiments/')({ component: ExperimentsPage });
