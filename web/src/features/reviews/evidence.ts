// How far along evidence is towards the limit at which a category is paused.

/** Less is as good as nothing. */
const least = 0.01;

/** From 0 to 1. Evidence multiplies with each review, so that equal steps here are equal factors. */
export function along(evidence: number, limit: number): number {
  if (evidence <= 0) return 0;
  const share = Math.log(Math.max(evidence, least) / least) / Math.log(limit / least);
  return Math.min(1, share);
}

/** The powers of ten on the way, which show that the scale goes by factors. */
export function decades(limit: number): number[] {
  const marks = [];
  for (let power = Math.log10(least) + 1; 10 ** power < limit; power += 1) marks.push(10 ** power);
  return marks;
}

export function inWords(evidence: number): string {
  if (evidence < 0.01) return '<0.01';
  if (evidence >= 1000) return '>1,000';
  return evidence < 10 ? evidence.toFixed(2) : String(Math.round(evidence));
}
