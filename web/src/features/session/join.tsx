import { t } from '@/text/t';
import { SessionForm } from './session-form';

export function Join({ token }: { token: string }) {
  return (
    <SessionForm
      title={t('join.title')}
      help={t('join.help')}
      fields={['name', 'newPassword']}
      button={t('join.do')}
      route="/invitations/acceptance"
      extra={{ token }}
    />
  );
}
