// Ticking rows of a list, one or, from the one ticked before, all in between.

/** What is selected after `number` was ticked or unticked; `from`: and everything from there to it. */
export function ticked(
  selected: ReadonlySet<number>,
  shown: readonly number[],
  number: number,
  on: boolean,
  from: number | null,
): ReadonlySet<number> {
  const to = shown.indexOf(number);
  const start = from === null ? -1 : shown.indexOf(from);
  const some = start < 0 ? [number] : shown.slice(Math.min(start, to), Math.max(start, to) + 1);
  const after = new Set(selected);
  for (const one of some) {
    if (on) after.add(one);
    else after.delete(one);
  }
  return after;
}
