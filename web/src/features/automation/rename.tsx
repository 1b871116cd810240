// A category's name and parent, in a small form behind a button.
import { Button, Popover, Select, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/api/client';
import { isProblem } from '@/api/problem';
import { categoriesQuery } from '@/api/queries';
import type { Category } from '@/api/types';
import { isAdmin, useSession } from '@/features/session/use-session';
import { t } from '@/text/t';
import { ProblemNote } from '@/ui/problem-note';
import { toast } from '@/ui/toasts';

export function Rename({ category }: { category?: Category }) {
  const session = useSession();
  const client = useQueryClient();
  const [opened, { toggle, close }] = useDisclosure(false);
  const [name, setName] = useState(category?.name ?? '');
  const [parent, setParent] = useState<string | null>(category?.parent?.id ?? null);
  const { data } = useQuery(categoriesQuery);
  const mains = (data?.items ?? []).filter((one) => !one.parent && one.id !== category?.id);

  const save = useMutation({
    mutationFn: () =>
      category
        ? api.patch<Category>(`/categories/${category.id}`, { name, parent })
        : api.post<Category>('/categories', { name, ...(parent ? { parent } : {}) }),
    onSuccess: () => {
      toast({ text: t(category ? 'categories.renamed' : 'categories.added', { name }) });
      client.invalidateQueries({ queryKey: ['categories'] });
      if (!category) setName('');
      close();
    },
  });
  if (!isAdmin(session)) return null;
  return (
    <Popover opened={opened} onChange={close} position="bottom-end" trapFocus width={300}>
      <Popover.Target>
        <Button variant="default" onClick={toggle}>
          {category ? t('action.edit') : t('categories.add')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate();
          }}
        >
          <TextInput
            label={t('categories.name')}
            required
            withAsterisk={false}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={isProblem(save.error) ? save.error.field('name') : undefined}
          />
          <Select
            mt={10}
            label={t('categories.parent')}
            placeholder={t('categories.noParent')}
            clearable
            comboboxProps={{ withinPortal: false }}
            data={mains.map((one) => ({ value: one.id, label: one.name }))}
            value={parent}
            onChange={setParent}
          />
          {save.isError && <ProblemNote error={save.error} />}
          <Button type="submit" mt={12} loading={save.isPending}>
            {t('action.save')}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
