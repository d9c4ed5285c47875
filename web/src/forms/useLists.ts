import { useQuery } from '@tanstack/react-query';
import { get } from '../api/client';
import type { Page, SchemeRow } from '../api/types';
import { useScheme } from '../cases/queries';
import type { Lists } from './form';

/** What the choices of forms are made of; undefined until all of it is there. */
export function useLists(scheme?: { id: string; version: string }): Lists | undefined {
  const documents = useQuery({
    queryKey: ['document-kinds'],
    staleTime: Infinity,
    queryFn: async () => (await get<Page<Lists['documents'][number]>>('/v1/document-kinds')).data.items,
  });
  const schemes = useQuery({
    queryKey: ['lists', 'schemes'],
    queryFn: async () => (await get<Page<SchemeRow>>('/v1/schemes')).data.items,
  });
  const pinned = useScheme(scheme?.id, scheme?.version);
  if (!documents.data || !schemes.data || (scheme && !pinned.data)) return undefined;
  return { documents: documents.data, schemes: schemes.data, scheme: pinned.data };
}
