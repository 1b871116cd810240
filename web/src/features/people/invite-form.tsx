// Inviting someone: the link is shown at once, so that no mail server is needed.
import { api } from '@/api/client';
import type { NewInvitation } from '@/api/types';
import { t } from '@/text/t';
import { Secret } from '@/ui/secret';
import { RoleForm } from './role-form';

export function InviteForm() {
  return (
    <RoleForm
      field="email"
      label={t('people.email')}
      button={t('people.invite')}
      create={(email, role) => api.post<NewInvitation>('/invitations', { email, role })}
      list="invitations"
      made={({ link, email, mailed }) => (
        <Secret
          value={link}
          help={[t('people.linkFor', { email }), mailed && t('people.mailed', { email })]
            .filter(Boolean)
            .join(' ')}
        />
      )}
    />
  );
}
