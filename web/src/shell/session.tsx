import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { get, post, remove } from '../api/client';
import { takeFirst } from '../api/first';
import { Refusal } from '../api/problem';
import type { Role, Session } from '../api/types';

export const sessionKey = ['session'] as const;

/** Who is signed in; null when nobody is. */
export function useSessionQuery() {
  return useQuery({
    queryKey: sessionKey,
    staleTime: Infinity,
    retry: 1,
    queryFn: async ({ signal }) => {
      try {
        return (await (takeFirst() ?? get<Session>('/v1/session', {}, signal))).data;
      } catch (error) {
        if (error instanceof Refusal && error.status === 401) return null;
        throw error;
      }
    },
  });
}

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('nobody is signed in');
  return session;
}

export function useHas(...roles: Role[]): boolean {
  const session = useSession();
  return roles.some((role) => session.roles.includes(role));
}

export function useSigning() {
  const queries = useQueryClient();
  return {
    signIn: async (token: string) => {
      const { data } = await post<Session>('/v1/session', { token });
      // What somebody else was shown must not be shown to this person.
      queries.removeQueries({ predicate: (q) => q.queryKey[0] !== sessionKey[0] && !q.isActive() });
      queries.setQueryData(sessionKey, data);
      await queries.invalidateQueries({ predicate: (q) => q.queryKey[0] !== sessionKey[0] });
    },
    signOut: async () => {
      await remove('/v1/session');
      queries.clear();
      location.assign('/');
    },
  };
}
