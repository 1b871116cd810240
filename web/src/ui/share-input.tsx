// A share, typed in percent and kept as 0–1.
import { NumberInput } from '@mantine/core';

type Props = {
  label: string;
  value: number;
  onChange: (share: number) => void;
  min?: number;
  max?: number;
  step?: number;
  error?: string;
  disabled?: boolean;
};

export function ShareInput({ label, value, onChange, min = 0, max = 1, step = 1, ...rest }: Props) {
  return (
    <NumberInput
      aria-label={label}
      value={Number((value * 100).toFixed(4))}
      onChange={(percent) => typeof percent === 'number' && onChange(percent / 100)}
      min={min * 100}
      max={max * 100}
      step={step}
      decimalScale={2}
      suffix="%"
      clampBehavior="blur"
      w={110}
      {...rest}
    />
  );
}
