// Mantine in our own clothes: its variables point at the tokens.
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';
import { t } from '@/text/t';

const accent = Array.from({ length: 10 }, () => 'var(--accent)') as unknown as MantineColorsTuple;

// The neutrals of the tokens, in the places where Mantine looks for them.
const dark: MantineColorsTuple = [
  '#e9e9ec',
  '#c2c3ca',
  '#9b9da7',
  '#6d6f79',
  '#3a3c43',
  '#2a2c32',
  '#1e2024',
  '#17181b',
  '#111214',
  '#0c0d0e',
];
const gray: MantineColorsTuple = [
  '#f7f7f5',
  '#f2f2ef',
  '#e7e7e3',
  '#dbdbd6',
  '#d3d3ce',
  '#a9aaae',
  '#8d8f98',
  '#62646d',
  '#46474f',
  '#1b1c20',
];

export const theme = createTheme({
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--font-mono)',
  primaryColor: 'accent',
  colors: { accent, dark, gray },
  autoContrast: false,
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontSizes: { xs: '12px', sm: '13.5px', md: '14px', lg: '17px', xl: '20px' },
  radius: { sm: '6px', md: '8px' },
  headings: { fontFamily: 'var(--font)', fontWeight: '600' },
  components: {
    Button: { defaultProps: { size: 'xs', fw: 500, variant: 'filled' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 28 } },
    TextInput: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    NumberInput: { defaultProps: { size: 'sm', hideControls: true } },
    Textarea: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm', checkIconPosition: 'right' } },
    Switch: { defaultProps: { withThumbIndicator: false } },
    Tooltip: {
      defaultProps: { openDelay: 350, events: { hover: true, focus: true, touch: false } },
    },
    Modal: {
      defaultProps: {
        centered: true,
        overlayProps: { backgroundOpacity: 0.35 },
        closeButtonProps: { 'aria-label': t('action.close') },
      },
    },
    Menu: { defaultProps: { shadow: 'md', transitionProps: { duration: 80 } } },
    Popover: { defaultProps: { shadow: 'md', transitionProps: { duration: 80 } } },
  },
});

export const resolver: CSSVariablesResolver = () => ({
  variables: {
    '--mantine-color-body': 'var(--paper)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-muted)',
    '--mantine-color-placeholder': 'var(--ink-faint)',
    '--mantine-color-default': 'var(--paper)',
    '--mantine-color-default-hover': 'var(--paper-hover)',
    '--mantine-color-default-border': 'var(--line-strong)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-error': 'var(--state-danger)',
    '--mantine-primary-color-filled': 'var(--accent)',
    '--mantine-primary-color-filled-hover': 'var(--accent-hover)',
    '--mantine-primary-color-contrast': 'var(--accent-ink)',
    '--mantine-color-accent-filled': 'var(--accent)',
    '--mantine-color-accent-filled-hover': 'var(--accent-hover)',
    '--mantine-color-accent-light': 'var(--accent-wash)',
    '--mantine-color-accent-light-color': 'var(--accent)',
    '--mantine-color-accent-light-hover': 'var(--accent-wash)',
    '--mantine-color-anchor': 'var(--accent)',
    '--mantine-shadow-md': 'var(--shadow)',
    '--mantine-shadow-xl': 'var(--shadow)',
    '--mantine-line-height': '1.45',
  },
  light: { '--mantine-color-body': 'var(--paper)', '--mantine-color-text': 'var(--ink)' },
  dark: {
    '--mantine-color-body': 'var(--paper)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-default': 'var(--paper)',
    '--mantine-color-default-hover': 'var(--paper-hover)',
    '--mantine-color-default-border': 'var(--line-strong)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-muted)',
    '--mantine-color-placeholder': 'var(--ink-faint)',
    '--mantine-color-error': 'var(--state-danger)',
    '--mantine-color-anchor': 'var(--accent)',
  },
});
