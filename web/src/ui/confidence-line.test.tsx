import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderPart } from '../../test/render';
import { ConfidenceLine } from './confidence-line';

const dot = (line: HTMLElement) => line.querySelector('circle');

describe('the confidence line', () => {
  it('says on which side of the threshold the probability lies', () => {
    renderPart(<ConfidenceLine probability={0.93} threshold={0.87} />);
    const line = screen.getByRole('img', {
      name: 'Probability 0.93, above the threshold of 0.87',
    });
    expect(dot(line)).toHaveAttribute('data-reached', 'true');
    expect(dot(line)).toHaveAttribute('cx', '93%');
  });

  it('draws a hollow dot below the threshold', () => {
    renderPart(<ConfidenceLine probability={0.5} threshold={0.87} />);
    const line = screen.getByRole('img', { name: /below the threshold/ });
    expect(dot(line)).toHaveAttribute('data-reached', 'false');
  });

  it('counts a probability at the threshold as reached', () => {
    renderPart(<ConfidenceLine probability={0.87} threshold={0.87} />);
    expect(dot(screen.getByRole('img'))).toHaveAttribute('data-reached', 'true');
  });

  it('draws no dot where there is no probability', () => {
    renderPart(<ConfidenceLine probability={null} threshold={0.87} />);
    expect(dot(screen.getByRole('img', { name: 'No probability' }))).toBeNull();
  });

  it('keeps a value outside of 0 to 1 on the scale', () => {
    renderPart(<ConfidenceLine probability={1.2} />);
    expect(dot(screen.getByRole('img'))).toHaveAttribute('cx', '100%');
  });
});
