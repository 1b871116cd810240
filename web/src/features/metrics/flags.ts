// Changes of policies and models, gathered by the step of the time axis in which they fell: a
// morning of switching is one flag.
import type { Metrics } from '@/api/types';

export type Gathered = { at: number; texts: string[] };

export function gatherFlags({ flags, series }: Pick<Metrics, 'flags' | 'series'>): Gathered[] {
  const starts = series.map((point) => point.from);
  const groups = new Map<number, Gathered>();
  for (const { at, text } of [...flags].sort((a, b) => a.at - b.at)) {
    const after = starts.findIndex((start) => start > at);
    const start = starts[after === -1 ? starts.length - 1 : Math.max(0, after - 1)] ?? at;
    const group = groups.get(start) ?? { at: start, texts: [] };
    if (!group.texts.includes(text)) group.texts.push(text);
    groups.set(start, group);
  }
  return [...groups.values()];
}
