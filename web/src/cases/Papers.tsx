import { useQuery } from '@tanstack/react-query';
import { get } from '../api/client';
import type { FullCase } from '../api/process';
import type { Named, Page } from '../api/types';
import { To } from '../shell/links';
import { useWords } from '../words/useWords';

/** The documents of the application that were not received, by name, with the way to enter them. */
export function Papers({ kase }: { kase: FullCase }) {
  const { t, named } = useWords();
  const outstanding = kase.documents?.outstanding ?? [];
  const { data } = useQuery({
    queryKey: ['document-kinds'],
    enabled: outstanding.length > 0,
    staleTime: Infinity,
    queryFn: async () => (await get<Page<{ document: string; name: Named }>>('/v1/document-kinds')).data.items,
  });
  if (outstanding.length === 0) return null;
  const nameOf = (id: string) => named(data?.find((kind) => kind.document === id)?.name) || id;
  return (
    <div className="papers">
      <h3>
        <To path={`/cases/${kase.case}/process`}>{t('case.missing.papers')}</To>{' '}
        <span className="tag loss num">{outstanding.length}</span>
      </h3>
      <ul className="missing" data-outstanding={outstanding.length}>
        {outstanding.map((id) => (
          <li key={id}>{nameOf(id)}</li>
        ))}
      </ul>
    </div>
  );
}
