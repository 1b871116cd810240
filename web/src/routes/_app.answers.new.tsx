import { createFileRoute } from '@tanstack/react-router';
import { NewAnswer } from '@/features/answers/new-answer';

export const Route = createFileRoute('/_app/answers/new')({ component: NewAnswer });
