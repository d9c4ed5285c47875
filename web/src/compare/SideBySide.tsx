import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { Score } from '../api/types';
import { compare, exactOf, fractionOf, shown, subtract, zero } from '../score/fraction';
import { Delta, Grade, Specials } from '../score/Marks';
import { csvOf, download } from '../table/csv';
import { useWords } from '../words/useWords';
import { ColumnHead, type ChoosingColumns } from './ColumnHead';
import { strokes } from './lines';
import { chaptersOf, tellingClauses } from './merged';
import type { Compared } from './useCompared';

interface Props {
  cases: Compared[];
  /** The score of each at the instant; undefined before its audit was planned. */
  scores: (Score | undefined)[];
  seq: number;
  dark: boolean;
  columns: ChoosingColumns;
}

/** The cases as columns: final, grade, progress, chapters, and the clauses that tell them apart. The first
 * one is what the others are held against. */
export function SideBySide({ cases, scores, seq, dark, columns }: Props) {
  const { t, v, named } = useWords();
  const chapters = [...new Map(cases.flatMap((c) => c.scheme?.chapters ?? []).map((c) => [c.id, c])).values()];
  const parts = cases.map((c, i) => (scores[i] && c.scheme ? chaptersOf(scores[i], c.scheme) : undefined));
  const clauses = tellingClauses(scores);
  const clauseOf = (i: number, id: string) => scores[i]?.clauses?.find((c) => c.clause === id);
  const first = scores[0];
  const textOf = (id: string) => cases.flatMap((c) => c.scheme?.clauses ?? []).find((c) => c.id === id)?.text;
  const save = () => {
    const header = ['', ...cases.map((c) => `${c.kase.organization.name} ${t('case.audit', { audit: c.audit })}`)];
    const rows = [
      [t('score.final'), ...scores.map((score) => score?.final.fraction ?? '')],
      [t('cases.grade'), ...scores.map((score) => v('grade', score?.grade?.id))],
      ...clauses.map((id) => [id, ...cases.map((_, i) => clauseOf(i, id)?.earned.fraction ?? '')]),
    ];
    download(`compare-${seq}.csv`, csvOf(header, rows), 'text/csv;charset=utf-8');
  };
  const row = (title: ReactNode, cell: (score: Score, i: number) => ReactNode, key: string) => (
    <tr key={key}>
      <th scope="row">{title}</th>
      {scores.map((score, i) => (
        <td key={keyOf(cases[i])} className="num">
          {score ? cell(score, i) : <span className="quiet">–</span>}
        </td>
      ))}
    </tr>
  );
  return (
    <section className="sheet" data-compared={seq}>
      <div className="head">
        <h2>{t('compare.side')}</h2>
        <span className="tag num">#{seq}</span>
        <span className="grow" />
        <Button icon={<DownloadOutlined aria-hidden />} onClick={save}>
          {t('common.export')}
        </Button>
      </div>
      <div className="scroll" tabIndex={0}>
        <table className="plain compare">
          <thead>
            <tr>
              <th />
              {cases.map((c, i) => (
                <th key={keyOf(c)} style={{ borderTopColor: strokes[dark ? 'dark' : 'light'][i] }}>
                  <ColumnHead compared={c} at={i} columns={columns} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {row(
              t('score.final'),
              (score, i) => (
                <span data-final={score.final.value}>
                  <b className="compare-final" title={score.final.fraction}>
                    {score.final.value}
                  </b>{' '}
                  {i > 0 && first && <Against a={score.final.fraction} b={first.final.fraction} />}
                </span>
              ),
              'final',
            )}
            {row(
              t('cases.grade'),
              (score) => (
                <Grade grade={score.grade?.id} provisional={score.provisional} />
              ),
              'grade',
            )}
            {row(t('cases.progress'), (score) => `${score.progress.assessed}/${score.progress.involved}`, 'progress')}
            {row(
              t('case.specials'),
              (score) => (
                <Specials {...score.special_deductions} />
              ),
              'specials',
            )}
            {chapters.map((chapter) =>
              row(
                <>
                  {chapter.id} <span className="quiet">{named(chapter.title)}</span>
                </>,
                (_, i) => {
                  const part = parts[i]?.get(chapter.id);
                  return part ? `${shown(part.earned)} / ${shown(part.involved)}` : '–';
                },
                chapter.id,
              ),
            )}
            {clauses.map((id) =>
              row(
                <span title={textOf(id)}>{id}</span>,
                (_, i) => {
                  const clause = clauseOf(i, id);
                  if (!clause) return '–';
                  if (clause.deleted) return <span className="quiet">∅ {t('score.deleted')}</span>;
                  return (
                    <>
                      {clause.earned.value}/{clause.points} <Against a={clause.earned.fraction} b={clause.points} />
                    </>
                  );
                },
                id,
              ),
            )}
          </tbody>
        </table>
      </div>
      <p className="quiet small">{t('compare.clauses.hint')}</p>
    </section>
  );
}

function keyOf(compared: Compared | undefined): string {
  return `${compared?.kase.case}.${compared?.audit}`;
}

function Against({ a, b }: { a: string; b: string }) {
  const difference = subtract(fractionOf(a), fractionOf(b));
  return compare(difference, zero) === 0 ? null : <Delta delta={exactOf(difference)} />;
}
