import { t } from '@/text/t';
import { SessionForm } from './session-form';

export function SignIn({ to }: { to?: string }) {
  return (
    <SessionForm
      title={t('signin.title')}
      note={t('signin.help')}
      fields={['email', 'password']}
      button={t('signin.do')}
      route="/session"
      to={to}
    />
  );
}
