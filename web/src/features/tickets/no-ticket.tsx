import { t } from '@/text/t';
import { Empty } from '@/ui/page';

export function NoTicket() {
  return (
    <div style={{ height: '100%', display: 'grid', placeItems: 'center' }}>
      <Empty icon="model" title={t('inbox.pick')} help={t('inbox.pickHelp')} />
    </div>
  );
}
