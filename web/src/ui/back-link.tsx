import { Link, type LinkProps } from '@tanstack/react-router';
import classes from './back-link.module.css';
import { Icon } from './icon';

type Props = Pick<LinkProps, 'to' | 'params'> & { children: React.ReactNode };

export function BackLink({ to, params, children }: Props) {
  return (
    <Link to={to} params={params} className={classes.back}>
      <Icon name="back" size={13} />
      {children}
    </Link>
  );
}
