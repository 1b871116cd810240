import { createFileRoute } from '@tanstack/react-router';
import { CategoriesPage } from '@/features/automation/categories-page';

export const Route = createFileRoute('/_app/categories/')({ component: CategoriesPage });
