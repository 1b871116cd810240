import { createFileRoute } from '@tanstack/react-router';
import { NewExperiment } from '@/features/experiments/new-experiment';

export const Route = createFileRoute('/_app/experiments/new')({ component: NewExperiment });
