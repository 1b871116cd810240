// The switch of a category (or of all): mode, shares, limits, the reason, and one button
// that says what happens.
import { Button, SegmentedControl, Slider, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Problem } from '@/api/problem';
import type { Category, Mode, Policy, PolicyChange } from '@/api/types';
import { BigSwitch } from '@/features/room/big-switch';
import { TurnOn } from '@/features/room/turn-on';
import { setting } from '@/text/number';
import { t } from '@/text/t';
import { FieldRow } from '@/ui/field-row';
import { Section } from '@/ui/page';
import { ProblemNote } from '@/ui/problem-note';
import { ShareInput } from '@/ui/share-input';
import classes from './automation.module.css';
import { buttonText, changeOf, changes, draftFrom, switchOf, switchText, withMode } from './change';
import { PolicyLimits } from './policy-limits';

const modes: Mode[] = ['off', 'shadow', 'suggest', 'auto'];

type Props = {
  name: string;
  policy: Policy;
  /** The one that is switched; none for all at once. */
  category?: Category;
  certified: boolean;
  mayChange: boolean;
  save: (change: PolicyChange) => Promise<unknown>;
  saving: boolean;
  problem: Problem | null;
  /** For all categories at once: mode and target alone, so that their own limits stay. */
  all?: boolean;
};

export function PolicyForm(props: Props) {
  const { name, policy, category, certified, mayChange, save, saving, problem, all } = props;
  const [draft, setDraft] = useState(() => draftFrom(policy));
  // A change begins a new draft; in the same fields, so that the focus stays where it is.
  const [begun, setBegun] = useState(policy.changed_at);
  if (begun !== policy.changed_at) {
    setBegun(policy.changed_at);
    setDraft(draftFrom(policy));
  }
  const set = (part: Partial<typeof draft>) => setDraft((known) => ({ ...known, ...part }));
  const change = all ? switchOf(draft) : changeOf(policy, draft);
  const auto = draft.mode === 'auto';
  const on = policy.mode === 'auto';

  async function submit(event: React.FormEvent) {
    event.preventDefault();
    // A failure is shown from the mutation's own state.
    await save(change).then(
      () => setDraft((known) => ({ ...known, reason: '' })),
      () => undefined,
    );
  }

  /** On waits for the button, which says what happens; off acts at once. */
  function toggle(wanted: boolean) {
    if (!wanted && on) save({ mode: 'off' }).catch(() => undefined);
    else setDraft((known) => withMode(known, wanted ? 'auto' : policy.mode));
  }

  return (
    <form onSubmit={submit}>
      <Section title={t('policy.title')}>
        {category && (
          <BigSwitch
            name={name}
            on={on}
            wanted={auto}
            held={on && policy.effective !== 'auto' ? policy.effective_why : ''}
            disabled={!mayChange || saving}
            toggle={toggle}
          />
        )}
        <SegmentedControl
          fullWidth
          aria-label={t('policy.title')}
          disabled={!mayChange}
          data={modes.map((mode) => ({ value: mode, label: t(`mode.${mode}`) }))}
          value={draft.mode}
          onChange={(mode) => setDraft((known) => withMode(known, mode as Mode))}
        />
        <p className={classes.modeHelp}>{t(`policy.${draft.mode}`)}</p>
        {auto && !certified && !(on && category) && (
          <p className={classes.warn}>{t('policy.noCertificate')}</p>
        )}
        {auto && (
          <FieldRow label={t('policy.rollout')} help={t('policy.rolloutHelp')}>
            <div className={classes.slider}>
              <Slider
                thumbLabel={t('policy.rollout')}
                disabled={!mayChange}
                value={Math.round(draft.rollout * 100)}
                onChange={(share) => set({ rollout: share / 100 })}
                min={1}
                label={null}
              />
              <strong>{setting(draft.rollout)}</strong>
            </div>
          </FieldRow>
        )}
        {auto && category && !on && <TurnOn category={category} draft={draft} />}
        <FieldRow label={t('policy.precision')} help={t('policy.precisionHelp')}>
          <ShareInput
            label={t('policy.precision')}
            disabled={!mayChange}
            value={draft.precision}
            onChange={(precision) => set({ precision })}
            min={0.5}
            max={0.999}
            step={0.5}
            error={problem?.field('precision')}
          />
        </FieldRow>
      </Section>
      {!all && <PolicyLimits draft={draft} set={set} disabled={!mayChange} problem={problem} />}
      <div className={classes.deed}>
        {mayChange ? (
          <>
            {problem && <ProblemNote error={problem} />}
            <TextInput
              aria-label={t('policy.reason')}
              placeholder={t('policy.reasonHelp')}
              value={draft.reason}
              onChange={(event) => set({ reason: event.currentTarget.value })}
              error={problem?.field('reason')}
            />
            <Button type="submit" size="sm" loading={saving} disabled={!all && !changes(change)}>
              {all ? switchText(draft, name) : buttonText(policy, draft, name)}
            </Button>
          </>
        ) : (
          <p className={classes.muted}>{t('policy.mayNot')}</p>
        )}
      </div>
    </form>
  );
}
