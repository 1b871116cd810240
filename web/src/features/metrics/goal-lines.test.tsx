import { screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { renderPage } from '../../../test/render';

// Charts are drawn once they know their width, which a page without a layout never says.
class Wide {
  constructor(private readonly tell: (entries: unknown[]) => void) {}
  observe() {
    this.tell([{ contentRect: { width: 600, height: 190 } }]);
  }
  unobserve() {}
  disconnect() {}
}

beforeEach(() => vi.stubGlobal('ResizeObserver', Wide));
afterEach(() => vi.unstubAllGlobals());

it('names each goal at its line', async () => {
  renderPage('/metrics');
  const automation = await screen.findByRole('img', { name: /resolved/i });
  expect(within(automation).getByText('goal 50%')).toBeInTheDocument();
  const times = screen.getByRole('img', { name: /first public reply/ });
  expect(within(times).getByText('goal 8 h')).toBeInTheDocument();
  const last = screen.getByRole('img', { name: /^Agent: .*; goal 90%$/ });
  expect(within(last).getByText('goal 90%')).toBeInTheDocument();
});

it('widens the range to a goal that lies beyond what was measured', async () => {
  renderPage('/metrics');
  const times = await screen.findByRole('img', { name: /first public reply/ });
  // No median of the mock company is longer than 6 h.
  expect(within(times).getByText('8 h')).toBeInTheDocument();
});
