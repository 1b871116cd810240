import { createFileRoute } from '@tanstack/react-router';
import { DriftPage } from '@/features/drift/drift-page';

export const Route = createFileRoute('/_app/drift')({ component: DriftPage });
