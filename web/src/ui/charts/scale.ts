// Scales of the charts: round steps from zero, and labels that keep apart.

/** Round steps from 0 to at least `max`: about `count` of them. */
export function ticks(max: number, count = 4): number[] {
  if (!(max > 0)) return [0, 1];
  const rough = max / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((one) => one * power >= rough) ?? 10) * power;
  const top = Math.ceil(max / step - 1e-9);
  return Array.from({ length: top + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}

/** Moves labels apart so that none lies within `gap` of another, keeping their order. */
export function spread(positions: number[], gap: number, bottom: number): number[] {
  const order = positions.map((at, index) => ({ at, index })).sort((a, b) => a.at - b.at);
  for (let index = 1; index < order.length; index++) {
    const [before, here] = [order[index - 1], order[index]];
    if (before && here) here.at = Math.max(here.at, before.at + gap);
  }
  let limit = bottom;
  for (let index = order.length - 1; index >= 0; index--) {
    const here = order[index];
    if (here) {
      here.at = Math.min(here.at, limit);
      limit = here.at - gap;
    }
  }
  const result = [...positions];
  for (const { at, index } of order) result[index] = at;
  return result;
}

type Point = [x: number, y: number];

const text = (points: Point[]) => points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`);

export const linePath = (points: Point[]) => (points.length ? `M${text(points).join('L')}` : '');

export const areaPath = (top: Point[], bottom: Point[]) =>
  top.length ? `M${text(top).join('L')}L${text([...bottom].reverse()).join('L')}Z` : '';
