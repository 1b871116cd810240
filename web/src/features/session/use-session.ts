// Who is signed in. Only used behind the guard, where the session is known.
import { useSuspenseQuery } from '@tanstack/react-query';
import { sessionQuery } from '@/api/queries';
import type { Session } from '@/api/types';

export function useSession(): Session {
  return useSuspenseQuery(sessionQuery).data;
}

export const isAdmin = (session: Session) => session.user.role === 'admin';
export const mayWrite = (session: Session) => session.user.role !== 'viewer';
