import { useCallback, useState, type ClipboardEvent, type Dispatch, type KeyboardEvent } from 'react';
import { methods, type GridColumn } from './columns';
import { moved, pasted, type Cursor } from './cursor';
import type { Action, Drafts, Ruling } from './draft';

export interface Editing {
  /** What the cell starts with: the key that began it, or what stood there. */
  text: string;
}

interface Options {
  clauses: string[];
  columns: GridColumn[];
  rows: Drafts;
  dispatch: Dispatch<Action>;
  writable: (clause: string) => boolean;
  onPost: () => void;
  onInspect: () => void;
}

const rulings: Record<string, Ruling> = { '1': 'conforming', '2': 'nonconforming', '3': 'deleted' };

/** The keyboard of the grid. On a ruling: 1, 2, 3. Elsewhere typing begins to edit, Enter goes down, Tab
 * goes right, and Enter after a row of Tabs returns to the ruling of the next clause. */
export function useGridKeys({ clauses, columns, rows, dispatch, writable, onPost, onInspect }: Options) {
  const [cursor, setCursor] = useState<Cursor>({ row: 0, column: 0 });
  const [editing, setEditing] = useState<Editing | null>(null);
  const column = columns[cursor.column];
  const clause = clauses[cursor.row] ?? '';
  const size = { rows: clauses.length, columns: columns.length, page: 10 };
  const valueAt = useCallback((at: string, key: GridColumn['key']) => rows[at]?.[key] ?? '', [rows]);

  const commit = (text: string, then: 'down' | 'right' | 'left' | 'stay') => {
    if (column && column.kind !== 'ruling' && column.kind !== 'method') {
      dispatch({ kind: 'set', clause, field: column.key, value: text });
    }
    setEditing(null);
    if (then === 'stay') return;
    if (then === 'down') setCursor({ row: Math.min(clauses.length - 1, cursor.row + 1), column: 0 });
    else setCursor((now) => moved(now, { key: 'Tab', shift: then === 'left' }, size) ?? now);
  };

  const rule = (ruling: Ruling) => {
    dispatch({ kind: 'rule', clause, ruling });
    // Conforming goes on at once; the others need words or a sample.
    const next =
      ruling === 'conforming'
        ? null
        : columns.findIndex((c) => c.key === (ruling === 'nonconforming' ? 'size' : 'statement'));
    if (next === null) setCursor((now) => moved(now, { key: 'ArrowDown' }, size) ?? now);
    else setCursor({ row: cursor.row, column: next >= 0 ? next : columns.length - 1 });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const control = event.ctrlKey || event.metaKey;
    if (control && event.key === 'Enter') {
      event.preventDefault();
      onPost();
      return;
    }
    if (editing) return;
    if (control && event.key.toLowerCase() === 'z') {
      event.preventDefault();
      dispatch({ kind: 'undo' });
      return;
    }
    if (edits(event, control)) {
      event.preventDefault();
      return;
    }
    const to = moved(cursor, { key: event.key, shift: event.shiftKey, control }, size);
    if (to) {
      event.preventDefault();
      setCursor(to);
    }
  };

  /** Whether the key changed something in the cell. */
  const edits = (event: KeyboardEvent, control: boolean): boolean => {
    if (control || event.altKey || !column) return false;
    if (event.key === ' ') {
      onInspect();
      return true;
    }
    if (!writable(clause)) return false;
    if (event.key === 'Delete' || event.key === 'Backspace') {
      if (column.kind === 'ruling') dispatch({ kind: 'clear', clauses: [clause] });
      else dispatch({ kind: 'set', clause, field: column.key, value: '' });
      return true;
    }
    if (column.kind === 'ruling') {
      const ruling = rulings[event.key];
      if (ruling) rule(ruling);
      return ruling !== undefined;
    }
    if (column.kind === 'method') return chooseMethod(event.key);
    if (event.key === 'F2') {
      setEditing({ text: valueAt(clause, column.key) });
      return true;
    }
    // Words go into the cell's own input, which is there already: see TextCell.
    if (column.kind === 'text') return false;
    if (event.key.length !== 1) return false;
    setEditing({ text: event.key });
    return true;
  };

  const chooseMethod = (key: string): boolean => {
    const chosen = methods[Number(key) - 1];
    if (chosen) dispatch({ kind: 'set', clause, field: 'method', value: chosen });
    return chosen !== undefined;
  };

  const onPaste = (event: ClipboardEvent) => {
    if (editing) return;
    event.preventDefault();
    pasted(event.clipboardData.getData('text/plain')).forEach((cells, i) => {
      const at = clauses[cursor.row + i];
      if (at === undefined || !writable(at)) return;
      cells.forEach((value, j) => {
        const into = columns[cursor.column + j];
        if (!into) return;
        const ruling = rulings[value.trim()];
        if (into.kind !== 'ruling') dispatch({ kind: 'set', clause: at, field: into.key, value });
        else if (ruling) dispatch({ kind: 'rule', clause: at, ruling });
      });
    });
  };

  return { cursor, setCursor, editing, setEditing, commit, onKeyDown, onPaste, clause, valueAt };
}
