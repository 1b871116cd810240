// What the numbers are narrowed to beside the category, each to be taken away.
import { Pill } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { t } from '@/text/t';
import { languageName } from '@/text/time';
import { nameOf } from './by-group';
import classes from './metrics.module.css';
import { dimensions, type Search } from './period';

export function Chips({ search }: { search: Search }) {
  const navigate = useNavigate();
  const set = dimensions.filter((name) => name !== 'category' && search[name]);
  if (set.length === 0) return null;
  const words = (by: (typeof set)[number]) => {
    const key = search[by] ?? '';
    if (by === 'language' && key !== 'none') return languageName(key);
    return nameOf(by, { key, name: by === 'agent' ? (search.who ?? key) : key });
  };
  return (
    <div className={classes.chips}>
      {set.map((by) => (
        <Pill
          key={by}
          size="md"
          withRemoveButton
          removeButtonProps={{
            'aria-label': t('metrics.widen', { name: words(by) }),
            'aria-hidden': undefined,
            tabIndex: 0,
          }}
          onRemove={() =>
            navigate({
              to: '/metrics',
              search: { ...search, [by]: undefined, ...(by === 'agent' ? { who: undefined } : {}) },
            })
          }
        >
          {t(`metrics.dimension.${by}`)}: {words(by)}
        </Pill>
      ))}
    </div>
  );
}
