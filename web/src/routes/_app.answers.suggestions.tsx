import { createFileRoute } from '@tanstack/react-router';
import { SuggestionsPage } from '@/features/answers/suggestions-page';

export const Route = createFileRoute('/_app/answers/suggestions')({ component: SuggestionsPage });
