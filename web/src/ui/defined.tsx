// A word with its definition, on hover and by keyboard.
import { Tooltip } from '@mantine/core';
import classes from './defined.module.css';

export function Defined({ word, by }: { word: string; by: string }) {
  return (
    <Tooltip label={by} multiline w={300}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the definition is reachable by keyboard */}
      <span tabIndex={0} className={classes.defined}>
        {word}
      </span>
    </Tooltip>
  );
}
