// The foot of a list that has more pages.
import { Button } from '@mantine/core';
import { t } from '@/text/t';

type Props = {
  list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
};

export function MoreRows({ list }: Props) {
  if (!list.hasNextPage) return null;
  return (
    <Button
      variant="default"
      mt={14}
      loading={list.isFetchingNextPage}
      onClick={() => list.fetchNextPage()}
    >
      {t('action.more')}
    </Button>
  );
}
