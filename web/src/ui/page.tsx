// The frame of a page that is not the inbox: a title, what can be done, and a column.
import { useEffect } from 'react';
import { t } from '@/text/t';
import { Icon, type IconName } from './icon';
import classes from './page.module.css';

type Props = {
  title: string;
  lead?: React.ReactNode;
  actions?: React.ReactNode;
  back?: React.ReactNode;
  wide?: boolean;
  children: React.ReactNode;
};

export function useTitle(title: string) {
  useEffect(() => {
    document.title = t('app.title', { page: title, company: t('app.name') });
  }, [title]);
}

export function Page({ title, lead, actions, back, wide, children }: Props) {
  useTitle(title);
  return (
    <div className={classes.scroll}>
      <div className={classes.page} data-wide={wide}>
        <header className={classes.header}>
          <div className={classes.heading}>
            {back}
            <h1>{title}</h1>
            {lead && <p className={classes.lead}>{lead}</p>}
          </div>
          {actions && <div className={classes.actions}>{actions}</div>}
        </header>
        {children}
      </div>
    </div>
  );
}

export function Section(props: {
  title?: string;
  lead?: React.ReactNode;
  actions?: React.ReactNode;
  children: React.ReactNode;
  id?: string;
}) {
  return (
    <section className={classes.section} id={props.id}>
      {props.title && (
        <div className={classes.sectionHead}>
          <div>
            <h2>{props.title}</h2>
            {props.lead && <p className={classes.lead}>{props.lead}</p>}
          </div>
          {props.actions}
        </div>
      )}
      {props.children}
    </section>
  );
}

/** What belongs here, and the first step to it. */
export function Empty(props: {
  icon: IconName;
  title: string;
  help?: string;
  children?: React.ReactNode;
}) {
  return (
    <div className={classes.empty}>
      <Icon name={props.icon} size={22} className={classes.emptyIcon} />
      <h2>{props.title}</h2>
      {props.help && <p>{props.help}</p>}
      {props.children && <div className={classes.emptyAction}>{props.children}</div>}
    </div>
  );
}
