// Categories in the order of a tree: each main one with its own below it, busiest first.
import type { Category } from '@/api/types';

export function inTree(items: Category[]): Category[] {
  const below = (id: string) => items.filter((one) => one.parent?.id === id);
  const busy = (one: Category): number =>
    one.tickets_30d + below(one.id).reduce((sum, child) => sum + child.tickets_30d, 0);
  const order = (a: Category, b: Category) => busy(b) - busy(a) || a.name.localeCompare(b.name);
  const ids = new Set(items.map((one) => one.id));
  const mains = items.filter((one) => one.parent === null || !ids.has(one.parent.id));
  return mains.sort(order).flatMap((main) => [main, ...below(main.id).sort(order)]);
}

type Choice = { value: string; label: string };

const choice = ({ id, name }: Category): Choice => ({ value: id, label: name });

/** For choosing: a main category heads the group of those below it. */
export function choices(items: Category[]): (Choice | { group: string; items: Choice[] })[] {
  const tree = inTree(items);
  const mains = tree.filter((one) => !tree.some((other) => other.id === one.parent?.id));
  return mains.map((main) => {
    const below = tree.filter((one) => one.parent?.id === main.id);
    return below.length > 0
      ? { group: main.name, items: [main, ...below].map(choice) }
      : choice(main);
  });
}
