// A table of numbers: names on the left, numbers aligned to the right. Where it is wider than the
// page it scrolls by itself.
import classes from './table.module.css';

type Props = {
  className?: string;
  /** Each row is one line. */
  dense?: boolean;
  children: React.ReactNode;
};

export function Table({ className = '', dense, children }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region is reachable by keyboard
    <div className={classes.box} tabIndex={0}>
      <table className={`${classes.table} ${className}`} data-dense={dense}>
        {children}
      </table>
    </div>
  );
}
