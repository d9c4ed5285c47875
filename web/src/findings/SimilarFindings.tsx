import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { get } from '../api/client';
import type { LedgerItem, Page } from '../api/types';
import { EntryLink, To } from '../shell/links';
import { minuteOf } from '../words/time';
import { useWords } from '../words/useWords';
import { similarTo } from './similar';

interface Props {
  clause: string;
  statement: string;
  /** The entry that is looked at; it is not like itself. */
  except?: number;
}

/** What was found before, in this case and in others: so that the same thing is called the same. */
export function SimilarFindings({ clause, statement, except }: Props) {
  const { t, v } = useWords();
  const query = useEarlier();
  const list = useMemo(
    () =>
      similarTo(
        clause,
        statement,
        (query.data ?? []).filter((item) => item.seq !== except),
      ),
    [clause, statement, except, query.data],
  );
  return (
    <section className="sheet" aria-label={t('findings.similar')}>
      <h2>{t('findings.similar')}</h2>
      <p className="quiet small">{t('findings.similar.hint')}</p>
      {list.length === 0 ? (
        <p className="quiet">{t('common.none')}</p>
      ) : (
        <ul className="similar">
          {list.map(({ item, clause: at, statement: text, alike }) => (
            <li key={item.seq}>
              <span className="head">
                <EntryLink seq={item.seq} />
                <span className="num">{at}</span>
                <span className="tag">{v('severity', item.event.data['severity'] as string) || '–'}</span>
                <span className="quiet small num">
                  {minuteOf(item.event.effectivetime).slice(0, 10)}
                  {alike > 0 && ` · ${alike}%`}
                </span>
              </span>
              <To path={`/cases/${item.event.subject}/findings`} className="clause-text">
                {text}
              </To>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** A cycle of certification: three years. */
const daysBack = 3 * 366;

function useEarlier() {
  const from = new Date(Date.now() - daysBack * 86_400_000).toISOString().slice(0, 10);
  return useQuery({
    queryKey: ['lists', 'findings raised', from],
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      const items: LedgerItem[] = [];
      let after: string | undefined = '0';
      while (after !== undefined) {
        const query = { type: 'starledger.finding.raised.v1', from, after, limit: 1000 };
        const page: Page<LedgerItem> = (await get<Page<LedgerItem>>('/v1/events', query, signal)).data;
        items.push(...page.items);
        after = page.next;
      }
      return items;
    },
  });
}
