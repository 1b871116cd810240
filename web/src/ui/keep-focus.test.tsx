import { render, screen, waitFor } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { useKeepFocus } from './keep-focus';

function Form({ busy }: { busy: boolean }) {
  useKeepFocus();
  return (
    <button type="button" disabled={busy}>
      Save
    </button>
  );
}

const save = () => screen.getByRole('button', { name: 'Save' });

/** As browsers do with what is disabled; the test's document leaves the focus there. */
function takeFocusAway() {
  save().dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
  vi.spyOn(document, 'activeElement', 'get').mockReturnValue(document.body);
}

it('gives the focus back to what was disabled for a moment', async () => {
  const { rerender } = render(<Form busy={false} />);
  save().focus();
  const focus = vi.spyOn(save(), 'focus');
  rerender(<Form busy />);
  takeFocusAway();
  rerender(<Form busy={false} />);
  await waitFor(() => expect(focus).toHaveBeenCalled());
});

it('lets go of what was left on purpose', async () => {
  const { rerender } = render(<Form busy={false} />);
  save().focus();
  const focus = vi.spyOn(save(), 'focus');
  takeFocusAway();
  rerender(<Form busy />);
  rerender(<Form busy={false} />);
  await new Promise((done) => setTimeout(done, 20));
  expect(focus).not.toHaveBeenCalled();
});
