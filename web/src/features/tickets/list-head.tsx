// Above the list: search, the category, the order, and what a link has narrowed it to.
import { ActionIcon, CloseButton, Menu, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { categoriesQuery, countsQuery } from '@/api/queries';
import type { Counted, View } from '@/api/types';
import { inTree } from '@/features/automation/tree';
import { useKeys } from '@/features/shell/keys';
import { viewName, views } from '@/features/shell/nav';
import { upTo } from '@/text/number';
import { t } from '@/text/t';
import { Icon } from '@/ui/icon';
import { type Filter, narrowed, type Sort } from './filter';
import classes from './inbox.module.css';

const pause = 220;
// Views are counted up to here; larger ones hold at least as many.
const MOST_COUNTED = 10_000;
const sorts: Sort[] = ['newest', 'oldest', 'updated'];

export function ListHead({ view, filter }: { view: View; filter: Filter }) {
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(filter.q ?? '');
  const { data: counts } = useQuery(countsQuery);

  const change = (next: Filter) =>
    navigate({ to: '.', search: { ...filter, ...next }, replace: true });

  // The address follows the field after a pause, and the field follows the address.
  useEffect(() => setText(filter.q ?? ''), [filter.q]);
  useEffect(() => {
    if (text === (filter.q ?? '')) return;
    const timer = setTimeout(
      () => navigate({ to: '.', search: { ...filter, q: text || undefined }, replace: true }),
      pause,
    );
    return () => clearTimeout(timer);
  }, [text, filter, navigate]);

  useKeys({ '/': () => input.current?.focus() });

  function onKey(event: React.KeyboardEvent) {
    const number = /^#?(\d+)$/.exec(text.trim())?.[1];
    if (event.key === 'Enter' && number) {
      navigate({ to: '/inbox/$view/$number', params: { view: 'all', number: Number(number) } });
      input.current?.blur();
    } else if (event.key === 'Enter') {
      input.current?.blur();
    } else if (event.key === 'Escape') {
      if (text) setText('');
      else input.current?.blur();
    }
  }

  return (
    <div className={classes.head}>
      <ViewMenu view={view} count={counts?.views[view]} />
      <div className={classes.tools}>
        <TextInput
          ref={input}
          className={classes.search}
          aria-label={t('inbox.search')}
          placeholder={t('inbox.search')}
          leftSection={<Icon name="search" size={14} />}
          rightSection={
            text ? (
              <CloseButton size="sm" aria-label={t('inbox.clear')} onClick={() => setText('')} />
            ) : (
              <kbd className={classes.slash}>/</kbd>
            )
          }
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={onKey}
        />
        <FilterMenu filter={filter} change={change} />
      </div>
      {Object.keys(narrowed(filter)).length > 0 && <Narrowed view={view} filter={filter} />}
    </div>
  );
}

function ViewMenu({ view, count: shown }: { view: View; count?: number }) {
  const navigate = useNavigate();
  return (
    <Menu position="bottom-start" width={220}>
      <div className={classes.title}>
        <h1>{viewName(view)}</h1>
        <span className={classes.titleCount}>
          {shown === undefined ? '' : upTo(MOST_COUNTED, shown)}
        </span>
        <Menu.Target>
          <ActionIcon className={classes.viewButton} aria-label={t('inbox.views')}>
            <Icon name="down" />
          </ActionIcon>
        </Menu.Target>
      </div>
      <Menu.Dropdown>
        {views.map((one) => (
          <Menu.Item
            key={one.view}
            onClick={() => navigate({ to: '/inbox/$view', params: { view: one.view } })}
            leftSection={<Icon name={one.icon} />}
          >
            {viewName(one.view)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function FilterMenu({ filter, change }: { filter: Filter; change: (next: Filter) => void }) {
  const { data: categories } = useQuery(categoriesQuery);
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon aria-label={t('inbox.filter')} data-on={Boolean(filter.category)} size={34}>
          <Icon name="settings" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown className={classes.menu}>
        <Menu.Label>{t('inbox.sort')}</Menu.Label>
        {sorts.map((sort) => (
          <Menu.Item
            key={sort}
            rightSection={(filter.sort ?? 'newest') === sort ? <Icon name="check" /> : null}
            onClick={() => change({ sort: sort === 'newest' ? undefined : sort })}
          >
            {t(`inbox.${sort}`)}
          </Menu.Item>
        ))}
        <Menu.Label>{t('ticket.category')}</Menu.Label>
        <Menu.Item
          rightSection={filter.category ? null : <Icon name="check" />}
          onClick={() => change({ category: undefined })}
        >
          {t('inbox.anyCategory')}
        </Menu.Item>
        {inTree(categories?.items ?? []).map((category) => (
          <Menu.Item
            key={category.id}
            rightSection={filter.category === category.id ? <Icon name="check" /> : null}
            onClick={() => change({ category: category.id })}
          >
            <span className={classes.category} data-child={Boolean(category.parent)}>
              {category.name}
            </span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Narrowed({ view, filter }: { view: View; filter: Filter }) {
  const { data: categories } = useQuery(categoriesQuery);
  const what = Object.entries(narrowed(filter))
    .filter(([name]) => name !== 'from' && name !== 'to')
    .map(([name, value]) => {
      if (name === 'counted') return t(`counted.${value as Counted}`);
      const category = categories?.items.find((one) => name === 'category' && one.id === value);
      return category?.name ?? String(value);
    });
  return (
    <div className={classes.narrowed}>
      <span>{t('inbox.filtered', { what: what.join(', ') || t('inbox.period') })}</span>
      <Link to="/inbox/$view" params={{ view }} search={{ q: filter.q, sort: filter.sort }}>
        {t('inbox.unfilter')}
      </Link>
    </div>
  );
}
