import { memo } from 'react';
import type { ComparedClause } from '../api/types';
import { compare, fractionOf, shown, subtract, zero } from '../score/fraction';
import { EntryLinks } from '../shell/links';
import { useWords } from '../words/useWords';
import { Cell } from './Cell';
import type { GridColumn } from './columns';
import type { DraftRow, Need } from './draft';
import { Before, EvidenceCell } from './SideCells';
import { seqsOf, stateIcon, whoOf, type Standing } from './standing';

interface RowProps {
  standing: Standing;
  draft: DraftRow | undefined;
  needs: Need[];
  row: number;
  columns: GridColumn[];
  tracks: string;
  width: number;
  active: number;
  editing: string | null;
  commit: (text: string, then: 'down' | 'right' | 'left' | 'stay') => void;
  cancel: (editing: { text: string } | null) => void;
  choose: (cursor: { row: number; column: number }) => void;
  writable: boolean;
  /** Whether the sheet is entered into at all. */
  inspects: boolean;
  before: ComparedClause | undefined;
  compared: boolean;
  onEvidence: () => void;
}

/** A clause: what is drafted over what stands, what it costs, and the entries behind it. */
export const GridRow = memo(function GridRow(props: RowProps) {
  const { standing, draft, needs, row, columns, tracks, active } = props;
  const { t } = useWords();
  const { clause, score } = standing;
  const state = draft ? 'drafted' : standing.state;
  const cell = (column: GridColumn, i: number) => (
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
  );
  const last = columns.length - 1;
  return (
    <div
      className={`grid-row ${state}${standing.included ? '' : ' excluded'}${needs.length > 0 ? ' incomplete' : ''}${active >= 0 ? ' current' : ''}`}
      role="row"
      aria-rowindex={row + 2}
      data-clause={clause.id}
      style={{ gridTemplateColumns: tracks, minWidth: props.width }}
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
              .join(t('common.semi'))}
          </span>
        )}
      </div>
      <div role="gridcell" className="right num">
        {clause.points}
      </div>
      {columns.slice(0, -1).map(cell)}
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
      {props.compared && (
        <div role="gridcell" className="right num">
          <Before clause={props.before} earned={score?.earned.fraction} />
        </div>
      )}
      {columns.slice(last).map((column) => cell(column, last))}
      <EvidenceCell standing={standing} draft={draft} onOpen={props.onEvidence} />
      <div role="gridcell" className="clip">
        {whoOf(standing)}
      </div>
      {seqsOf(standing, props.inspects).map((seqs, i) => (
        <div role="gridcell" className="right" key={i}>
          <EntryLinks seqs={seqs} />
        </div>
      ))}
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
