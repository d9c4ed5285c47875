import { Fragment, useEffect, useRef } from 'react';
import type { ComparedClause, Scheme, SchemeClause } from '../api/types';
import { useWords } from '../words/useWords';
import type { GridColumn } from './columns';
import type { Drafts, Need } from './draft';
import { needsOf } from './draft';
import { GridRow } from './GridRow';
import type { Standing } from './standing';
import type { useGridKeys } from './useGridKeys';

interface Props {
  scheme: Scheme;
  standings: Standing[];
  columns: GridColumn[];
  drafts: Drafts;
  keys: ReturnType<typeof useGridKeys>;
  writable: boolean;
  /** The audit before, clause by clause; without one there is no column for it. */
  before?: ReadonlyMap<string, ComparedClause>;
  onEvidence: () => void;
}

/** The clauses as a spreadsheet: one cell at a time is in the order of Tab, arrows reach the others. */
export function Grid({ scheme, standings, columns, drafts, keys, writable, before, onEvidence }: Props) {
  const { t, language } = useWords();
  const box = useRef<HTMLDivElement>(null);
  const { cursor, editing } = keys;
  const { tracks, width } = tracksOf(columns, writable, before !== undefined, language === 'en');
  const hasFocus = useRef(false);
  useEffect(() => {
    const cell = box.current?.querySelector<HTMLElement>(`[data-at="${cursor.row}.${cursor.column}"]`);
    cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    if (hasFocus.current && !editing) cell?.focus({ preventScroll: true });
  }, [cursor, editing]);
  const rated = scheme.method === 'rating';
  let section = '';
  const head = (c: GridColumn) => (
    <div key={c.key} role="columnheader" title={t(c.full)} className={c.kind === 'number' ? 'right' : ''}>
      {t(c.word)}
    </div>
  );
  return (
    <div
      className="grid"
      role="grid"
      aria-label={t('clauses.title')}
      aria-rowcount={standings.length + 1}
      aria-readonly={!writable}
      ref={box}
      onKeyDown={keys.onKeyDown}
      onPaste={keys.onPaste}
      onFocus={() => (hasFocus.current = true)}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) hasFocus.current = false;
      }}
    >
      <div className="grid-row grid-head" role="row" style={{ gridTemplateColumns: tracks, minWidth: width }}>
        <div role="columnheader">{t('clauses.clause')}</div>
        <div role="columnheader">{t('clauses.indicator')}</div>
        <div role="columnheader" className="right">
          {t('clauses.points')}
        </div>
        {columns.slice(0, -1).map(head)}
        <div role="columnheader" className="right">
          {t('clauses.lost')}
        </div>
        <div role="columnheader" className="right">
          {t('clauses.earned')}
        </div>
        {before && (
          <div role="columnheader" className="right" title={t('clauses.before.full')}>
            {t('clauses.before')}
          </div>
        )}
        {columns.slice(-1).map(head)}
        <div role="columnheader">{t('clauses.evidence')}</div>
        <div role="columnheader">{t('clauses.who')}</div>
        {seqWords(writable).map((word) => (
          <div key={word} role="columnheader" className="right">
            {t(word)}
          </div>
        ))}
      </div>
      {standings.map((standing, row) => {
        const of = sectionOf(scheme, standing.clause);
        const title = of !== section ? of : '';
        section = of;
        const draft = drafts[standing.clause.id];
        return (
          <Fragment key={standing.clause.id}>
            {title && (
              <div className="grid-section" role="row" style={{ minWidth: width }}>
                <div role="gridcell" aria-colspan={columns.length + 7 + seqWords(writable).length + (before ? 1 : 0)}>
                  {title}
                </div>
              </div>
            )}
            <GridRow
              standing={standing}
              draft={draft}
              needs={draft ? needsOf(draft, rated) : none}
              row={row}
              columns={columns}
              tracks={tracks}
              width={width}
              active={cursor.row === row ? cursor.column : -1}
              editing={cursor.row === row && editing ? editing.text : null}
              commit={cursor.row === row ? keys.commit : ignore}
              cancel={keys.setEditing}
              choose={keys.setCursor}
              writable={writable && standing.included}
              inspects={writable}
              before={before?.get(standing.clause.id)}
              compared={before !== undefined}
              onEvidence={onEvidence}
            />
          </Fragment>
        );
      })}
    </div>
  );
}

const none: Need[] = [];
const ignore = () => undefined;

/** Who enters sees the last entry of a clause; who inspects sees each. */
function seqWords(writable: boolean) {
  return writable
    ? (['clauses.entry'] as const)
    : (['clauses.entry.assessment', 'clauses.entry.finding', 'clauses.entry.points'] as const);
}

interface Tracks {
  tracks: string;
  /** What the columns take at least; below it the sheet scrolls. */
  width: number;
}

function tracksOf(columns: GridColumn[], writable: boolean, compared: boolean, english: boolean): Tracks {
  const of = (zh: number, en: number) => `${english ? en : zh}px`;
  const cells = columns.map((c) => (english && c.wide) || c.width);
  const list = [
    '82px',
    'minmax(160px, 1.6fr)',
    of(44, 60),
    ...cells.slice(0, -1),
    of(60, 60),
    of(58, 66),
    ...(compared ? [of(64, 72)] : []),
    ...cells.slice(-1),
    of(46, 78),
    '58px',
    ...seqWords(writable).map(() => of(54, 66)),
  ];
  const least = list.map((track) => Number(/\d+/.exec(track)?.[0] ?? 0));
  return { tracks: list.join(' '), width: least.reduce((sum, each) => sum + each, 0) };
}

function sectionOf(scheme: Scheme, clause: SchemeClause): string {
  const found =
    scheme.sections?.find((s) => s.id === clause.section) ?? scheme.chapters.find((c) => c.id === clause.chapter);
  return found ? `${found.id} ${found.title.zh}` : clause.chapter;
}
