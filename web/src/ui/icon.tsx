// The icons, drawn on one 16-unit grid with one stroke, so that they sit well beside 14 px text.
import type { CSSProperties } from 'react';

const paths = {
  inbox: 'M2 9.5 4 3.5h8l2 6v3H2zM2 9.5h3.5a2.5 2.5 0 0 0 5 0H14',
  mine: 'M8 8a2.75 2.75 0 1 0 0-5.5A2.75 2.75 0 0 0 8 8zM2.75 13.5c.6-2.4 2.7-3.7 5.25-3.7s4.65 1.3 5.25 3.7',
  all: 'M2.5 4h11M2.5 8h11M2.5 12h11',
  check: 'M3 8.5l3.2 3.2L13 4.8',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  clock: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 4.8V8l2.2 1.6',
  empty: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12z',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.7 10.7 14 14',
  answers: 'M2.5 3h11v8H8l-3 2.5V11H2.5zM5 6h6M5 8.2h4',
  categories: 'M2.5 2.5h4.5v4.5H2.5zM9 2.5h4.5v4.5H9zM2.5 9h4.5v4.5H2.5zM9 9h4.5v4.5H9z',
  review:
    'M2 8c1.4-2.5 3.5-3.9 6-3.9s4.6 1.4 6 3.9c-1.4 2.5-3.5 3.9-6 3.9S3.4 10.5 2 8zM6.2 8l1.3 1.3 2.4-2.6',
  rules: 'M3 4h4M10.5 4H13M3 8h7M13 8h0M3 12h2M8.5 12H13M8.7 2.5v3M11.5 6.5v3M6.7 10.5v3',
  metrics: 'M2.5 13.5h11M4 11V8M8 11V3.5M12 11V6',
  mail: 'M2 3.5h12v9H2zM2.3 4 8 8.5 13.7 4',
  learning:
    'M8 3 1.500 6.200 8 9.400l6.500-3.200zM4.200 7.700v3.400c2.300 1.900 5.300 1.900 7.600 0V7.700M14.500 6.200v4',
  model: 'M2 8h12M9.5 4.5v7M12 8m-1.6 0a1.6 1.6 0 1 0 3.2 0a1.6 1.6 0 1 0-3.2 0',
  experiment:
    'M6 2v4.2L2.8 12a1.2 1.2 0 0 0 1 1.8h8.4a1.2 1.2 0 0 0 1-1.8L10 6.2V2M5 2h6M4.4 9.5h7.2',
  drift: 'M2 5.5c2-2 4-2 6 0s4 2 6 0M2 10.5c2-2 4-2 6 0s4 2 6 0',
  audit: 'M4 2.5h6L12.5 5v8.5H4zM6.2 7.5h4.2M6.2 10h4.2',
  settings:
    'M2.5 5h6M12 5h1.5M2.5 11H4M7.5 11h6M10.2 5m-1.7 0a1.7 1.7 0 1 0 3.4 0a1.7 1.7 0 1 0-3.4 0M5.7 11m-1.7 0a1.7 1.7 0 1 0 3.4 0a1.7 1.7 0 1 0-3.4 0',
  people:
    'M6 7.5a2.4 2.4 0 1 0 0-4.8 2.4 2.4 0 0 0 0 4.8zM1.5 13c.5-2.2 2.3-3.4 4.5-3.4s4 1.2 4.5 3.4M10.5 2.9a2.4 2.4 0 0 1 0 4.4M12 9.9c1.3.5 2.2 1.6 2.5 3.1',
  key: 'M10.5 8.5a3 3 0 1 0-2.8-1.9L2.5 11.8v1.7h2.3v-1.5h1.5v-1.5l1.3-1.3c.8-.2 1.8-.7 2.9-.7zM11 5.2h0',
  setup: 'M8 1.8v3M8 11.2v3M1.8 8h3M11.2 8h3M8 8m-2 0a2 2 0 1 0 4 0a2 2 0 1 0-4 0',
  sun: 'M8 8m-2.7 0a2.7 2.7 0 1 0 5.4 0a2.7 2.7 0 1 0-5.4 0M8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9',
  moon: 'M13.5 9.6A5.8 5.8 0 0 1 6.4 2.5a5.8 5.8 0 1 0 7.1 7.1z',
  out: 'M6 2.5H3v11h3M6.5 8h7M10.8 5.2 13.5 8l-2.7 2.8',
  reply: 'M6.5 3.5 2.5 7.5l4 4M3 7.5h6.5a4 4 0 0 1 4 4v1',
  note: 'M3 2.5h10v7L9.5 13.5H3zM9.5 13.5v-4H13',
  plus: 'M8 3v10M3 8h10',
  close: 'M4 4l8 8M12 4l-8 8',
  back: 'M9.5 3.5 5 8l4.5 4.5',
  next: 'M6.5 3.5 11 8l-4.5 4.5',
  down: 'M3.5 6 8 10.5 12.5 6',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  clip: 'M12.5 7.3 7.6 12.2a2.9 2.9 0 0 1-4.1-4.1l5.4-5.4a1.9 1.9 0 0 1 2.7 2.7L6.3 10.7a.95.95 0 0 1-1.350-1.350L9.8 4.6',
  alert: 'M8 2 14.5 13.5h-13zM8 6.5v3.2M8 11.6h.01',
  link: 'M6.7 9.3a2.6 2.6 0 0 0 3.7 0l2.3-2.3a2.6 2.6 0 0 0-3.7-3.7l-.8.8M9.3 6.7a2.6 2.6 0 0 0-3.7 0L3.3 9a2.6 2.6 0 0 0 3.7 3.7l.8-.8',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  eyeoff:
    'M2.5 2.5l11 11M6.6 4.1A6.7 6.7 0 0 1 8 4c3 0 5.2 1.9 6.5 4-.5.8-1.1 1.6-1.9 2.2M10 11.7A6.5 6.5 0 0 1 8 12c-3 0-5.2-1.9-6.5-4 .6-1 1.4-1.9 2.5-2.7',
  retry: 'M13 8a5 5 0 1 1-1.6-3.7M13 2.5v2.8h-2.8',
  table: 'M2.5 3h11v10h-11zM2.5 6.5h11M2.5 9.7h11M6.5 3v10',
  good: 'M5 7.5 7.6 2.3c1.1 0 1.7.8 1.5 1.9L8.7 6.5h3.7c.8 0 1.3.7 1.1 1.4l-1.1 4.2c-.2.6-.6.9-1.2.9H5zM5 7.5H2.5V13H5',
  bad: 'M11 8.5 8.4 13.7c-1.1 0-1.7-.8-1.5-1.9l.4-2.3H3.6c-.8 0-1.3-.7-1.1-1.4l1.1-4.2c.2-.6.6-.9 1.2-.9H11zM11 8.5h2.5V3H11',
  archive: 'M2 3h12v3H2zM3 6v7h10V6M6.5 8.7h3',
  keyboard: 'M1.5 4h13v8h-13zM4 6.5h.01M6.7 6.5h.01M9.3 6.5h.01M12 6.5h.01M5 9.5h6',
} as const;

export type IconName = keyof typeof paths;

type Props = { name: IconName; size?: number; style?: CSSProperties; className?: string };

export function Icon({ name, size = 16, style, className }: Props) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'more' ? 2 : 1.35}
      strokeLinecap="round"
      strokeLinejoin="round"
      style={{ flex: 'none', ...style }}
      className={className}
    >
      <path d={paths[name]} />
    </svg>
  );
}
