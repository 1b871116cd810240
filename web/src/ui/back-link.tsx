import { Link, type LinkProps } from '@tanstack/react-router';
import classes from './back-link.module.css';
import { Icon } from './icon';

export function BackLink({ to, children }: { to: LinkProps['to']; children: React.ReactNode }) {
  return (
    <Link to={to} className={classes.back}>
      <Icon name="back" size={13} />
      {children}
    </Link>
  );
}
