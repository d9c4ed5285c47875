import { Fragment } from 'react';
import type { ComparedClause, Scheme, Score } from '../api/types';
import { Delta, Grade, MarkText } from '../score/Marks';
import { EntryLinks, To } from '../shell/links';
import { Empty } from '../shell/States';
import { useWords } from '../words/useWords';
import { entriesOf, repeated, stateOf, type Pair } from './sheet';
import { stateIcon, type ClauseState, type Standing } from './standing';
import type { Other } from './useSheets';

const tone: Record<ClauseState, string> = { open: 'quiet', conforming: '', deducted: 'loss', deleted: 'quiet' };

function State({ state }: { state: ClauseState }) {
  const { t } = useWords();
  return (
    <span className={`nowrap ${tone[state]}`}>
      <span aria-hidden>{stateIcon[state]}</span> {t(`clauses.state.${state}`)}
    </span>
  );
}

interface StandingProps {
  id: string;
  audit: number;
  standings: Standing[];
  scheme: Scheme;
  score: Score;
}

/** One audit, chapter by chapter. */
export function StandingTable({ id, audit, standings, scheme, score }: StandingProps) {
  const { t, named } = useWords();
  return (
    <div className="scroll" tabIndex={0}>
      <table className="plain" data-sheet={standings.length}>
        <thead>
          <tr>
            <th>{t('clauses.clause')}</th>
            <th>{t('clauses.indicator')}</th>
            <th className="right">{t('clauses.points')}</th>
            <th>{t('clauses.result')}</th>
            <th className="right">{t('clauses.earned')}</th>
            <th>{t('sheet.findings')}</th>
            <th>{t('sheet.entries')}</th>
          </tr>
        </thead>
        <tbody>
          {scheme.chapters.map((chapter) => (
            <Fragment key={chapter.id}>
              <tr className="chapter">
                <th colSpan={7} scope="rowgroup">
                  {chapter.id} {named(chapter.title)}
                </th>
              </tr>
              {standings
                .filter((s) => s.clause.chapter === chapter.id)
                .map((s) => (
                  <tr key={s.clause.id} className={s.included ? '' : 'quiet'}>
                    <td className="num">{s.clause.id}</td>
                    <td lang="zh-CN">{s.clause.text}</td>
                    <td className="right">{s.clause.points ?? '–'}</td>
                    <td>{s.included ? <State state={s.state} /> : t('clauses.partial')}</td>
                    <td className="right" title={s.score?.earned.fraction}>
                      {s.score && !s.score.deleted ? s.score.earned.value : '–'}
                    </td>
                    <td className="num nowrap">
                      {s.findings.map((f) => (
                        <To key={f.finding} path={`/cases/${id}/findings/${f.finding}?audit=${audit}`}>
                          {f.finding}{' '}
                        </To>
                      ))}
                    </td>
                    <td>
                      <EntryLinks seqs={entriesOf(s)} />
                    </td>
                  </tr>
                ))}
            </Fragment>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th colSpan={2}>{t('sheet.stars')}</th>
            <td className="right">{score.involved}</td>
            <td>
              <Grade grade={score.grade?.id} provisional={score.provisional} />
            </td>
            <td className="right">{score.earned}</td>
            <td colSpan={2}>
              {t('score.final')} <b className="num">{score.final.value}</b>
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

interface PairProps {
  pairs: Pair[];
  scheme: Scheme;
  mark: Score;
  against: Other;
}

/** Two audits, clause by clause. */
export function PairTable({ pairs, scheme, mark, against }: PairProps) {
  const { t, v } = useWords();
  if (pairs.length === 0) return <Empty title={t('sheet.agree')} />;
  const text = new Map(scheme.clauses.map((c) => [c.id, c.text]));
  return (
    <div className="scroll" tabIndex={0}>
      <table className="plain" data-sheet={pairs.length}>
        <thead>
          <tr>
            <th rowSpan={2}>{t('clauses.clause')}</th>
            <th rowSpan={2}>{t('clauses.indicator')}</th>
            <th colSpan={3} scope="colgroup" className="side-a">
              {t('sheet.of')} · <b className="num">{mark.final.value}</b>{' '}
              <Grade grade={mark.grade?.id} provisional={mark.provisional} />
            </th>
            <th colSpan={3} scope="colgroup" className="side-b">
              <To path={`/cases/${against.case}?audit=${against.audit}`}>{v('audit', against.kind)}</To> ·{' '}
              <MarkText mark={against.score} />
            </th>
            <th rowSpan={2} className="right">
              {t('sheet.delta')}
            </th>
          </tr>
          <tr>
            {['a', 'b'].map((side) => (
              <Fragment key={side}>
                <th className={`side-${side}`}>{t('clauses.result')}</th>
                <th className="right">{t('clauses.earned')}</th>
                <th>{t('sheet.findings')}</th>
              </Fragment>
            ))}
          </tr>
        </thead>
        <tbody>
          {pairs.map((pair) => (
            <tr key={pair.clause} data-same={pair.same}>
              <td className="num">{pair.clause}</td>
              <td lang="zh-CN">
                {text.get(pair.clause)} {repeated(pair) && <span className="tag loss">{t('sheet.repeated')}</span>}
              </td>
              <Side side="a" of={pair.a} />
              <Side side="b" of={pair.b} />
              <td className="right">{pair.delta ? <Delta delta={pair.delta} /> : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Side({ side, of }: { side: 'a' | 'b'; of: ComparedClause | undefined }) {
  const { t } = useWords();
  if (!of) {
    return (
      <td colSpan={3} className={`quiet side-${side}`}>
        {t('sheet.absent')}
      </td>
    );
  }
  return (
    <>
      <td className={`side-${side}`}>
        <State state={stateOf(of)} />
      </td>
      <td className="right" title={of.earned.fraction}>
        {of.deleted ? '–' : `${of.earned.value}/${of.points}`}
      </td>
      <td className="num">{of.findings.join(' ')}</td>
    </>
  );
}
