import { useQuery } from '@tanstack/react-query';
import { get } from '../api/client';
import type { Entry, Page } from '../api/types';
import { useSession } from '../shell/session';

/** A person as the registry names them. */
export interface Person {
  actor: string;
  name: string;
  organization?: string;
  entry?: Entry;
}

/** The people of the registry by their id. Whoever may not read it sees only the own name; ids stand for the rest. */
export function usePeople(): ReadonlyMap<string, Person> {
  const session = useSession();
  const { data } = useQuery({
    queryKey: ['people', session.actor],
    staleTime: 60_000,
    queryFn: async () => {
      const { items } = (await get<Page<Person>>('/v1/persons')).data;
      const people = new Map(items.map((person) => [person.actor, person]));
      if (session.name && !people.has(session.actor))
        people.set(session.actor, { actor: session.actor, name: session.name, organization: session.organization });
      return people;
    },
  });
  return data ?? nobody;
}

const nobody: ReadonlyMap<string, Person> = new Map();

/** The name of a person, or the id where the registry has none. */
export function useNameOf(): (actor: string) => string {
  const people = usePeople();
  return (actor) => people.get(actor)?.name ?? actor;
}
