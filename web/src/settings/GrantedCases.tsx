import { useQueries } from '@tanstack/react-query';
import { get } from '../api/client';
import type { Case } from '../api/types';
import { To } from '../shell/links';
import { useWords } from '../words/useWords';

/** How many cases of a grant are named; the others are counted. */
const named = 3;

/** The cases that a grant opens, by the name of their organization; the number, which the ledger holds, is in
 * the tooltip. Whoever may not read a case sees its number. */
export function GrantedCases({ ids }: { ids: string[] }) {
  const { t } = useWords();
  const cases = useQueries({
    queries: ids.slice(0, named).map((id) => ({
      queryKey: ['case', id, 'case', {}],
      staleTime: 60_000,
      queryFn: async ({ signal }: { signal: AbortSignal }) => (await get<Case>(`/v1/cases/${id}`, {}, signal)).data,
    })),
  });
  return (
    <ul className="granted">
      {ids.slice(0, named).map((id, i) => (
        <li key={id} title={id}>
          <To path={`/cases/${id}`}>{cases[i]?.data?.organization.name ?? `…${id.slice(-8)}`}</To>
        </li>
      ))}
      {ids.length > named && (
        <li className="quiet" title={ids.slice(named).join('\n')}>
          {t('grants.more', { count: ids.length - named })}
        </li>
      )}
    </ul>
  );
}
