import { createFileRoute } from '@tanstack/react-router';
import { CategoryPage } from '@/features/automation/category-page';

export const Route = createFileRoute('/_app/categories/$id')({ component: CategoryRoute });

function CategoryRoute() {
  const { id } = Route.useParams();
  return <CategoryPage key={id} id={id} />;
}
