import { memo, useEffect, useRef, useState } from 'react';
import { useWords } from '../words/useWords';
import type { GridColumn } from './columns';
import type { DraftRow } from './draft';
import type { Standing } from './standing';
import { TextCell } from './TextCell';

interface Props {
  column: GridColumn;
  at: string;
  standing: Standing;
  draft: DraftRow | undefined;
  active: boolean;
  editing: string | null;
  commit: (text: string, then: 'down' | 'right' | 'left' | 'stay') => void;
  cancel: (editing: { text: string } | null) => void;
  onChoose: () => void;
  writable: boolean;
}

export const Cell = memo(
  function Cell({ column, at, standing, draft, active, editing, commit, cancel, onChoose, writable }: Props) {
    const { t, v } = useWords();
    if (column.kind === 'text' && active && writable) {
      const stands = valueOf(column, standing, draft);
      return (
        <TextCell
          at={at}
          stands={stands.text}
          drafted={stands.drafted}
          label={`${standing.clause.id} ${t(column.full)}`}
          editing={editing}
          begin={cancel}
          commit={commit}
        />
      );
    }
    if (editing !== null) return <Editor start={editing} column={column} commit={commit} cancel={() => cancel(null)} />;
    const { text, drafted } = valueOf(column, standing, draft);
    const shown =
      column.kind === 'ruling' ? (
        <Ruling value={text} />
      ) : column.kind === 'method' ? (
        v('method', text)
      ) : (
        <span className={column.kind === 'text' ? 'wrap' : ''}>{text}</span>
      );
    const said =
      column.kind === 'ruling' && text ? t(rulingWord(text)) : column.kind === 'method' ? v('method', text) : text;
    return (
      <div
        role="gridcell"
        data-at={at}
        tabIndex={active ? 0 : -1}
        className={`cell${active ? ' active' : ''}${drafted ? ' draft' : ''}${column.kind === 'number' ? ' right num' : ''}`}
        aria-label={`${standing.clause.id} ${t(column.full)} ${said}`}
        aria-readonly={!writable}
        onMouseDown={onChoose}
        onDoubleClick={() => {
          if (writable && column.kind !== 'ruling' && column.kind !== 'method') cancel({ text });
        }}
      >
        {shown}
      </div>
    );
  },
  (a, b) =>
    a.standing === b.standing &&
    a.draft === b.draft &&
    a.active === b.active &&
    a.editing === b.editing &&
    a.column === b.column &&
    a.writable === b.writable &&
    (!a.active || a.commit === b.commit),
);

function rulingWord(ruling: string) {
  if (ruling === 'conforming') return 'clauses.keys.conforming' as const;
  if (ruling === 'nonconforming') return 'clauses.keys.nonconforming' as const;
  return 'clauses.keys.deletion' as const;
}

function Ruling({ value }: { value: string }) {
  const { t } = useWords();
  if (!value) return <span className="quiet">○</span>;
  const sign = value === 'conforming' ? '✓' : value === 'nonconforming' ? '−' : '∅';
  return (
    <span className={`ruling ${value} nowrap`}>
      {sign} {t(rulingWord(value))}
    </span>
  );
}

/** The draft where there is one, else what stands in the ledger. */
function valueOf(
  column: GridColumn,
  standing: Standing,
  draft: DraftRow | undefined,
): { text: string; drafted: boolean } {
  const drafted = draft?.[column.key];
  if (drafted !== undefined) return { text: drafted, drafted: true };
  const { assessment, deletion, deductions } = standing;
  if (draft?.ruling === 'deleted' && column.key !== 'ruling') return { text: '', drafted: false };
  const sample = deductions.at(-1)?.sample ?? assessment?.sample;
  const stands: Record<GridColumn['key'], string | number | undefined> = {
    ruling: deletion ? 'deleted' : deductions.length > 0 ? 'nonconforming' : assessment?.result,
    rating: assessment?.rating,
    method: assessment?.method,
    population: assessment?.sample?.population,
    size: sample?.size,
    bad: sample?.nonconforming,
    statement: deletion?.entry.reason ?? assessment?.statement,
  };
  return { text: String(stands[column.key] ?? ''), drafted: false };
}

interface EditorProps {
  start: string;
  column: GridColumn;
  commit: Props['commit'];
  cancel: () => void;
}

/** The cell while it is typed into. Enter while a Chinese word is composed belongs to the word. */
function Editor({ start, column, commit, cancel }: EditorProps) {
  const { t } = useWords();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(start);
  const done = useRef(false);
  useEffect(() => {
    input.current?.focus();
    input.current?.setSelectionRange(start.length, start.length);
  }, [start]);
  const finish = (then: 'down' | 'right' | 'left' | 'stay') => {
    if (done.current) return;
    done.current = true;
    commit(text, then);
  };
  return (
    <div role="gridcell" className="cell editing">
      <input
        ref={input}
        value={text}
        aria-label={t(column.full)}
        inputMode={column.kind === 'number' ? 'decimal' : 'text'}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => finish('stay')}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter') finish('down');
          else if (event.key === 'Tab') finish(event.shiftKey ? 'left' : 'right');
          else if (event.key === 'Escape') {
            done.current = true;
            cancel();
          } else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
    </div>
  );
}
