import { Fragment, memo, useEffect, useRef } from 'react';
import type { Scheme, SchemeClause } from '../api/types';
import { compare, fractionOf, shown, subtract, zero } from '../score/fraction';
import { EntryLink } from '../shell/links';
import { useWords } from '../words/useWords';
import { Cell } from './Cell';
import type { GridColumn } from './columns';
import type { DraftRow, Drafts, Need } from './draft';
import { needsOf } from './draft';
import { stateIcon, type Standing } from './standing';
import type { useGridKeys } from './useGridKeys';

interface Props {
  scheme: Scheme;
  standings: Standing[];
  columns: GridColumn[];
  drafts: Drafts;
  keys: ReturnType<typeof useGridKeys>;
  writable: boolean;
}

/** The clauses as a spreadsheet: one cell at a time is in the order of Tab, arrows reach the others. */
export function Grid({ scheme, standings, columns, drafts, keys, writable }: Props) {
  const { t } = useWords();
  const box = useRef<HTMLDivElement>(null);
  const { cursor, editing } = keys;
  const tracks = `84px minmax(168px, 1.6fr) 46px ${columns.map((c) => c.width).join(' ')} 62px 62px 64px`;
  const hasFocus = useRef(false);
  useEffect(() => {
    const cell = box.current?.querySelector<HTMLElement>(`[data-at="${cursor.row}.${cursor.column}"]`);
    cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    if (hasFocus.current && !editing) cell?.focus({ preventScroll: true });
  }, [cursor, editing]);
  const rated = scheme.method === 'rating';
  let section = '';
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
      <div className="grid-row grid-head" role="row" style={{ gridTemplateColumns: tracks }}>
        <div role="columnheader">{t('clauses.clause')}</div>
        <div role="columnheader">{t('clauses.indicator')}</div>
        <div role="columnheader" className="right">
          {t('clauses.points')}
        </div>
        {columns.map((c) => (
          <div key={c.key} role="columnheader" title={t(c.full)} className={c.kind === 'number' ? 'right' : ''}>
            {t(c.word)}
          </div>
        ))}
        <div role="columnheader" className="right">
          {t('clauses.lost')}
        </div>
        <div role="columnheader" className="right">
          {t('clauses.earned')}
        </div>
        <div role="columnheader" className="right">
          #
        </div>
      </div>
      {standings.map((standing, row) => {
        const of = sectionOf(scheme, standing.clause);
        const title = of !== section ? of : '';
        section = of;
        const draft = drafts[standing.clause.id];
        return (
          <Fragment key={standing.clause.id}>
            {title && (
              <div className="grid-section" role="row">
                <div role="gridcell" aria-colspan={columns.length + 6}>
                  {title}
                </div>
              </div>
            )}
            <Row
              standing={standing}
              draft={draft}
              needs={draft ? needsOf(draft, rated) : none}
              row={row}
              columns={columns}
              tracks={tracks}
              active={cursor.row === row ? cursor.column : -1}
              editing={cursor.row === row && editing ? editing.text : null}
              commit={cursor.row === row ? keys.commit : ignore}
              cancel={keys.setEditing}
              choose={keys.setCursor}
              writable={writable && standing.included}
            />
          </Fragment>
        );
      })}
    </div>
  );
}

const none: Need[] = [];
const ignore = () => undefined;

function sectionOf(scheme: Scheme, clause: SchemeClause): string {
  const found =
    scheme.sections?.find((s) => s.id === clause.section) ?? scheme.chapters.find((c) => c.id === clause.chapter);
  return found ? `${found.id} ${found.title.zh}` : clause.chapter;
}

interface RowProps {
  standing: Standing;
  draft: DraftRow | undefined;
  needs: Need[];
  row: number;
  columns: GridColumn[];
  tracks: string;
  active: number;
  editing: string | null;
  commit: (text: string, then: 'down' | 'right' | 'left' | 'stay') => void;
  cancel: (editing: { text: string } | null) => void;
  choose: (cursor: { row: number; column: number }) => void;
  writable: boolean;
}

const Row = memo(function Row(props: RowProps) {
  const { standing, draft, needs, row, columns, tracks, active } = props;
  const { t } = useWords();
  const { clause, score, assessment } = standing;
  const seq = standing.deletion?.entry.seq ?? standing.deductions.at(-1)?.entry.seq ?? assessment?.entry.seq;
  const state = draft ? 'drafted' : standing.state;
  return (
    <div
      className={`grid-row ${state}${standing.included ? '' : ' excluded'}${needs.length > 0 ? ' incomplete' : ''}${active >= 0 ? ' current' : ''}`}
      role="row"
      aria-rowindex={row + 2}
      data-clause={clause.id}
      style={{ gridTemplateColumns: tracks }}
    >
      <div role="rowheader" className="num">
        <span className={`state ${standing.state}`} aria-hidden>
          {stateIcon[standing.state]}
        </span>
        {clause.id}
      </div>
      <div role="gridcell" className="clause-text" lang="zh-CN">
        {clause.text}
        {needs.length > 0 && (
          <span className="needs">
            {needs
              .filter((need): need is Exclude<Need, 'ruling'> => need !== 'ruling')
              .map((need) => t(`clauses.need.${need}`))
              .join('；')}
          </span>
        )}
      </div>
      <div role="gridcell" className="right num">
        {clause.points}
      </div>
      {columns.map((column, i) => (
        <Cell
          key={column.key}
          column={column}
          at={`${row}.${i}`}
          standing={standing}
          draft={draft}
          active={active === i}
          editing={active === i ? props.editing : null}
          commit={props.commit}
          cancel={props.cancel}
          onChoose={() => props.choose({ row, column: i })}
          writable={props.writable}
        />
      ))}
      <div role="gridcell" className="right num">
        {score?.deleted ? (
          <span className="quiet">∅</span>
        ) : (
          <Lost points={clause.points} earned={score?.earned.fraction} />
        )}
      </div>
      <div role="gridcell" className="right num" title={score?.formula}>
        {score?.deleted ? '' : score?.earned.value}
      </div>
      <div role="gridcell" className="right">
        {seq && <EntryLink seq={seq} />}
      </div>
    </div>
  );
});

/** What the clause lost, exactly. */
function Lost({ points, earned }: { points: string | null; earned: string | undefined }) {
  if (points === null || earned === undefined) return <span className="quiet">–</span>;
  const lost = subtract(fractionOf(points), fractionOf(earned));
  if (compare(lost, zero) === 0) return <span className="quiet">–</span>;
  return <span className="loss nowrap">▼ {shown(lost)}</span>;
}
