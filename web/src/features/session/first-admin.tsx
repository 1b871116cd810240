import { t } from '@/text/t';
import { SessionForm } from './session-form';

export function FirstAdmin({ token }: { token: string }) {
  return (
    <SessionForm
      title={t('first.title')}
      help={t('first.help')}
      fields={['name', 'email', 'newPassword']}
      button={t('first.do')}
      route="/first-admin"
      extra={{ token }}
      to="/setup"
    />
  );
}
