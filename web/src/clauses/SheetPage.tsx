import { useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { Case, Scheme, Score } from '../api/types';
import { useShownCase } from '../cases/CasePage';
import { useAudit, useScheme } from '../cases/queries';
import { useScore } from '../score/queries';
import { Empty, Loaded } from '../shell/States';
import { minuteOf } from '../words/time';
import { useWords } from '../words/useWords';
import { pairLines, standingLines, type Pair } from './sheet';
import { SheetBar } from './SheetBar';
import { PairTable, StandingTable } from './SheetTables';
import { standingsOf, type Standing } from './standing';
import { nameOf, useOthers, usePairs } from './useSheets';
import './sheet.css';

/** The sheet of an audit: every clause with what was said of it, by itself or beside another audit, such as
 * what the enterprise found in itself. */
export function SheetPage() {
  const { kase, audit: number } = useShownCase();
  const { t } = useWords();
  const audit = useAudit(kase.case, number);
  const score = useScore(kase.case, number);
  const scheme = useScheme(audit.data?.scheme.id, audit.data?.scheme.version);
  if (number === 0) return <Empty title={t('case.noaudit')} hint={t('case.noaudit.hint')} />;
  return (
    <Loaded query={audit} sheets={2}>
      {(found) => (
        <Loaded query={score} sheets={2}>
          {(standing) => (
            <Loaded query={scheme} sheets={2}>
              {(rules) => (
                <Sheet
                  kase={kase}
                  audit={number}
                  scheme={rules}
                  score={standing}
                  standings={standingsOf(rules, found, standing)}
                />
              )}
            </Loaded>
          )}
        </Loaded>
      )}
    </Loaded>
  );
}

interface Props {
  kase: Case;
  audit: number;
  scheme: Scheme;
  score: Score;
  standings: Standing[];
}

function Sheet({ kase, audit, scheme, score, standings }: Props) {
  const words = useWords();
  const { t, v } = words;
  const [search] = useSearchParams();
  const others = useOthers(kase, audit);
  const against = others.find((other) => nameOf(other) === search.get('against'));
  const query = usePairs(kase.case, audit, against);
  const only = search.get('only') === 'differ';
  const shown = useMemo(() => (query.data ?? []).filter((pair) => !only || !pair.same), [query.data, only]);
  const names: [string, string] = [t('sheet.of'), against ? v('audit', against.kind) : ''];
  const summary = kase.audits.find((a) => a.audit === audit);
  return (
    <section className="sheet clause-sheet">
      <SheetBar
        title={`${t('sheet.title')} · ${kase.organization.name}`}
        file={`${kase.case}-${audit}`}
        others={others}
        against={against}
        lines={() => (against ? pairLines(shown, scheme, names, words) : standingLines(standings, words))}
      />
      <p className="quiet">
        {t('case.audit', { audit })} · {v('audit', summary?.kind)} · {scheme.id}@{scheme.version} ·{' '}
        {t('sheet.standing', { seq: score.as_of.seq, time: minuteOf(score.as_of.recorded_at) })}
      </p>
      <p className="quiet small noprint">{t(against ? 'sheet.against.hint' : 'sheet.hint')}</p>
      {against ? (
        <Loaded query={query}>
          {(all) => (
            <>
              <Counted all={all} />
              <PairTable pairs={shown} scheme={scheme} mark={score} against={against} />
            </>
          )}
        </Loaded>
      ) : (
        <StandingTable id={kase.case} audit={audit} standings={standings} scheme={scheme} score={score} />
      )}
    </section>
  );
}

function Counted({ all }: { all: Pair[] }) {
  const { t } = useWords();
  const same = all.filter((pair) => pair.same).length;
  return (
    <p role="status" data-differ={all.length - same}>
      <strong>{t('sheet.differ', { count: all.length - same, same })}</strong>
    </p>
  );
}
