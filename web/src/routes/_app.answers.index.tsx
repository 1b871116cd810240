import { createFileRoute } from '@tanstack/react-router';
import { AnswersPage } from '@/features/answers/answers-page';

export const Route = createFileRoute('/_app/answers/')({ component: AnswersPage });
