import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useWords } from '../words/useWords';
import './table.css';

export interface Column<Row> {
  key: string;
  title: ReactNode;
  /** A CSS grid track: "120px", "minmax(200px, 1fr)". */
  width: string;
  align?: 'right';
  cell: (row: Row) => ReactNode;
  /** How rows are ordered by this column; without it they cannot be. */
  compare?: (a: Row, b: Row) => number;
}

/** By which column, and whether from the greatest down. */
export interface Order {
  key: string;
  down: boolean;
}

interface Props<Row> {
  label: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  rowHeight: number;
  onOpen?: (row: Row) => void;
  isMarked?: (row: Row) => boolean;
  onNearEnd?: () => void;
  /** The order, where the page keeps it (useTableView); without it the table does. */
  order?: Order | null;
  onOrder?: (order: Order | null) => void;
  /** The rows are on their way. */
  waiting?: boolean;
  empty: ReactNode;
}

/** A table of any length: only the rows in sight are in the page. Arrows move, Enter opens. */
export function DataTable<Row>(props: Props<Row>) {
  const { columns, rows, rowHeight, onNearEnd } = props;
  const box = useRef<HTMLDivElement>(null);
  const [own, setOwn] = useState<Order | null>(null);
  const order = props.order === undefined ? own : props.order;
  const setOrder = props.onOrder ?? setOwn;
  const [cursor, setCursor] = useState(0);
  const sorted = useSorted(columns, rows, order);
  const virtual = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 4,
  });
  const tracks = useMemo(() => columns.map((c) => c.width).join(' '), [columns]);
  const items = virtual.getVirtualItems();
  const lastShown = items[items.length - 1]?.index ?? 0;
  if (onNearEnd && sorted.length > 0 && lastShown > sorted.length - 30) queueMicrotask(onNearEnd);

  const move = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 400) / rowHeight) - 1);
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -1e9,
      End: 1e9,
    };
    const step = steps[event.key];
    if (step === undefined || (event.target as HTMLElement).closest('input,button,a')) return;
    event.preventDefault();
    const next = Math.min(sorted.length - 1, Math.max(0, cursor + step));
    setCursor(next);
    virtual.scrollToIndex(next);
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus());
  };
  const onOrder = (key: string) =>
    setOrder(order?.key !== key ? { key, down: false } : order.down ? null : { key, down: true });

  return (
    <div
      className="table"
      role="table"
      aria-label={props.label}
      aria-rowcount={sorted.length + 1}
      ref={box}
      onKeyDown={move}
      style={{ minHeight: Math.min(240, 42 + sorted.length * rowHeight) }}
    >
      <Header columns={columns} tracks={tracks} order={order} onOrder={onOrder} />
      {sorted.length === 0 && (
        <div className="table-empty">{props.waiting ? <WaitingRows height={rowHeight} /> : props.empty}</div>
      )}
      <div role="rowgroup" className="table-body" style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = sorted[item.index];
          if (row === undefined) return null;
          return (
            <BodyRow
              key={props.rowKey(row)}
              row={row}
              index={item.index}
              top={item.start}
              height={rowHeight}
              tracks={tracks}
              columns={columns as Column<unknown>[]}
              focusable={item.index === Math.min(cursor, sorted.length - 1)}
              marked={props.isMarked?.(row) ?? false}
              onOpen={props.onOpen as ((row: unknown) => void) | undefined}
            />
          );
        })}
      </div>
    </div>
  );
}

function useSorted<Row>(columns: Column<Row>[], rows: Row[], order: Order | null): Row[] {
  return useMemo(() => {
    const compare = columns.find((c) => c.key === order?.key)?.compare;
    if (!compare || !order) return rows;
    const up = [...rows].sort(compare);
    return order.down ? up.reverse() : up;
  }, [columns, rows, order]);
}

function WaitingRows({ height }: { height: number }) {
  const { t } = useWords();
  return (
    <div className="waiting table-waiting" role="status" aria-label={t('common.loading')}>
      {[0, 1, 2, 3, 4, 5].map((row) => (
        <div key={row} style={{ height }}>
          <i />
        </div>
      ))}
    </div>
  );
}

interface HeaderProps<Row> {
  columns: Column<Row>[];
  tracks: string;
  order: Order | null;
  onOrder: (key: string) => void;
}

function Header<Row>({ columns, tracks, order, onOrder }: HeaderProps<Row>) {
  return (
    <div role="rowgroup" className="table-head">
      <div role="row" className="table-row" style={{ gridTemplateColumns: tracks }}>
        {columns.map((c) => {
          const sorted = order?.key === c.key ? (order.down ? 'descending' : 'ascending') : undefined;
          return (
            <div key={c.key} role="columnheader" aria-sort={sorted} className={c.align === 'right' ? 'right' : ''}>
              {c.compare ? (
                <button onClick={() => onOrder(c.key)}>
                  {c.title}
                  <span aria-hidden className={sorted ? 'order' : 'order none'}>
                    {sorted === 'ascending' ? '↑' : sorted ? '↓' : '↕'}
                  </span>
                </button>
              ) : (
                c.title
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface RowProps {
  row: unknown;
  index: number;
  top: number;
  height: number;
  tracks: string;
  columns: Column<unknown>[];
  focusable: boolean;
  marked: boolean;
  onOpen?: (row: unknown) => void;
}

const BodyRow = memo(function BodyRow({
  row,
  index,
  top,
  height,
  tracks,
  columns,
  focusable,
  marked,
  onOpen,
}: RowProps) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      data-index={index}
      tabIndex={focusable ? 0 : -1}
      className={`table-row${onOpen ? ' opens' : ''}${marked ? ' marked' : ''}`}
      style={{ gridTemplateColumns: tracks, height, transform: `translateY(${top}px)` }}
      onClick={(event) => {
        if (!(event.target as HTMLElement).closest('a,button,input,label')) onOpen?.(row);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.target === event.currentTarget) onOpen?.(row);
      }}
    >
      {columns.map((c) => (
        <div key={c.key} role="cell" className={c.align === 'right' ? 'right' : ''}>
          {c.cell(row)}
        </div>
      ))}
    </div>
  );
});
