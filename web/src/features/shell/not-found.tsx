import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { t } from '@/text/t';
import { Empty } from '@/ui/page';

export function NotFound() {
  return (
    <Empty icon="search" title={t('problem.notFound')} help={t('problem.notFoundHelp')}>
      <Button component={Link} to="/" variant="default">
        {t('problem.toInbox')}
      </Button>
    </Empty>
  );
}
