// Skeletons in the size of what they stand for, so that nothing jumps when it arrives.
import { Skeleton } from '@mantine/core';

export function Bones(props: { rows: number; height: number; gap?: number; radius?: number }) {
  return (
    <div aria-hidden="true" style={{ display: 'grid', gap: props.gap ?? 1 }}>
      {Array.from({ length: props.rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the bones never move
        <Skeleton key={index} height={props.height} radius={props.radius ?? 4} />
      ))}
    </div>
  );
}
