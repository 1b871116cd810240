// Chooses an answer by its title, or that none fits (`none`).
import { Select } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answersQuery, rows } from '@/api/queries';
import { t } from '@/text/t';

type Props = {
  label: string;
  placeholder: string;
  value: string | null;
  onChange: (answer: string | null) => void;
  clearable?: boolean;
};

export function AnswerSelect({ label, onChange, ...rest }: Props) {
  const [q, setQ] = useState('');
  const [known, setKnown] = useState<string | null>(null);
  const answers = useInfiniteQuery(answersQuery({ q: q === known ? '' : q, archived: false }));
  const data = [
    { value: 'none', label: t('learning.noAnswer') },
    ...rows(answers.data).map((one) => ({ value: one.id, label: one.title })),
  ];
  return (
    <Select
      aria-label={label}
      searchable
      data={data}
      searchValue={q}
      onSearchChange={setQ}
      filter={({ options }) => options}
      onChange={(value, option) => {
        setKnown(option?.label ?? null);
        onChange(value);
      }}
      {...rest}
    />
  );
}
