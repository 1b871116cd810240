import { createFileRoute } from '@tanstack/react-router';
import { AnswerPage } from '@/features/answers/answer-page';

export const Route = createFileRoute('/_app/answers/$id')({ component: AnswerRoute });

function AnswerRoute() {
  const { id } = Route.useParams();
  return <AnswerPage key={id} id={id} />;
}
