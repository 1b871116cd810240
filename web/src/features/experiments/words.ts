// Experiments in words: what the sides are, what an outcome is called, how its numbers read.
import type { Estimate, Experiment, ExperimentOutcome, Side } from '@/api/types';
import { between } from '@/text/number';
import { t } from '@/text/t';

const windowDays = 14;

export const sideName = (side: Side) => t(`experiment.${side}`);

export function sideText({ subject }: Experiment, side: Side): string {
  switch (subject.kind) {
    case 'policy':
      return t('experiment.policySide', { version: String(subject[side]) });
    case 'model':
      return t('experiment.modelSide', { version: String(subject[side]) });
    case 'order':
      return t(`experiment.${subject[side]}`);
    case 'wording':
      return t(side === 'a' ? 'experiment.presentText' : 'experiment.newText');
  }
}

/** "Models, Billing" */
export const scopeText = ({ kind, category, answer }: Experiment) =>
  `${t(`experiment.kind.${kind}`)}, ${answer?.title ?? category?.name ?? t('experiment.everywhere')}`;

export function outcomeText({ outcome, silent }: ExperimentOutcome): {
  name: string;
  help: string;
} {
  switch (outcome) {
    case 'confirmed':
      return { name: t('experiment.confirmed'), help: t('experiment.confirmedHelp') };
    case 'recontact':
      return { name: t('experiment.recontact'), help: t('experiment.recontactHelp') };
    case 'time':
      return { name: t('experiment.timeTaken'), help: t('experiment.timeTakenHelp') };
    case 'csat':
      return silent === 'best'
        ? { name: t('experiment.csat.best'), help: t('experiment.csat.bestHelp') }
        : { name: t('experiment.csat.worst'), help: t('experiment.csat.worstHelp') };
  }
}

const isTime = ({ outcome }: ExperimentOutcome) => outcome === 'time';

/** A value of an outcome: a share in percent, a time in days. */
export const valueText = (of: ExperimentOutcome, value: number) =>
  isTime(of) ? `${(value * windowDays).toFixed(1)} d` : between(value, value);

/** In a chart a time is drawn in days, so that its steps are round. */
export const chartScale = (of: ExperimentOutcome) => (isTime(of) ? windowDays : 1);
export const chartText = (of: ExperimentOutcome, value: number) =>
  isTime(of) ? `${value} d` : between(value, value);

/** "64%; 61–68%" */
export function estimateText(of: ExperimentOutcome, { mean, low, high }: Estimate): string {
  if (mean === null) return t('number.none');
  const range = isTime(of)
    ? `${(low * windowDays).toFixed(1)}–${(high * windowDays).toFixed(1)} d`
    : between(low, high);
  return t('experiment.of', { mean: valueText(of, mean), range });
}

const signed = (value: number, digits: number) => {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return '0';
  return value < 0 ? `−${text}` : `+${text}`;
};

/** "+3 to +9 points" */
export function differenceText(of: ExperimentOutcome): string {
  const { low, high, n } = of.difference;
  if (n === 0) return t('number.none');
  return isTime(of)
    ? t('experiment.days', {
        low: signed(low * windowDays, 1),
        high: signed(high * windowDays, 1),
      })
    : t('experiment.points', { low: signed(low * 100, 1), high: signed(high * 100, 1) });
}

export const findingText = ({ better }: ExperimentOutcome) =>
  better ? t('experiment.isBetter', { side: sideName(better) }) : t('experiment.noDifference');
