// A setting: its name and what it means on the left, its field on the right.
import classes from './field-row.module.css';

type Props = { label: string; help?: string; children: React.ReactNode; htmlFor?: string };

export function FieldRow({ label, help, children, htmlFor }: Props) {
  return (
    <div className={classes.row}>
      <div>
        {htmlFor ? (
          <label className={classes.label} htmlFor={htmlFor}>
            {label}
          </label>
        ) : (
          <span className={classes.label}>{label}</span>
        )}
        {help && <p className={classes.help}>{help}</p>}
      </div>
      <div className={classes.field}>{children}</div>
    </div>
  );
}
