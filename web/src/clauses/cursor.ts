// Where the keyboard stands in the grid, and where a key takes it: as in a spreadsheet.

export interface Cursor {
  row: number;
  column: number;
}

export interface Size {
  rows: number;
  columns: number;
  /** Rows of a page. */
  page: number;
}

export interface Key {
  key: string;
  shift?: boolean;
  control?: boolean;
}

/** The place a key leads to; undefined when the key moves nothing. */
export function moved(at: Cursor, { key, shift = false, control = false }: Key, size: Size): Cursor | undefined {
  const to = (row: number, column: number): Cursor => ({
    row: Math.min(size.rows - 1, Math.max(0, row)),
    column: Math.min(size.columns - 1, Math.max(0, column)),
  });
  switch (key) {
    case 'ArrowUp':
      return control ? to(0, at.column) : to(at.row - 1, at.column);
    case 'ArrowDown':
      return control ? to(size.rows, at.column) : to(at.row + 1, at.column);
    case 'ArrowLeft':
      return control ? to(at.row, 0) : to(at.row, at.column - 1);
    case 'ArrowRight':
      return control ? to(at.row, size.columns) : to(at.row, at.column + 1);
    case 'PageUp':
      return to(at.row - size.page, at.column);
    case 'PageDown':
      return to(at.row + size.page, at.column);
    case 'Home':
      return control ? to(0, 0) : to(at.row, 0);
    case 'End':
      return control ? to(size.rows, size.columns) : to(at.row, size.columns);
    case 'Enter':
      return to(at.row + (shift ? -1 : 1), at.column);
    case 'Tab':
      return tabbed(at, shift, size);
  }
  return undefined;
}

/** Tab runs on into the next row; at the ends it leaves the grid, so that nobody is caught in it. */
function tabbed(at: Cursor, back: boolean, size: Size): Cursor | undefined {
  if (back) {
    if (at.column > 0) return { row: at.row, column: at.column - 1 };
    return at.row > 0 ? { row: at.row - 1, column: size.columns - 1 } : undefined;
  }
  if (at.column < size.columns - 1) return { row: at.row, column: at.column + 1 };
  return at.row < size.rows - 1 ? { row: at.row + 1, column: 0 } : undefined;
}

/** What a spreadsheet puts on the clipboard: rows of cells between tabs, quoted where a cell has a line break. */
export function pasted(text: string): string[][] {
  const rows: string[][] = [[]];
  const row = () => rows[rows.length - 1] as string[];
  const cell = /(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/y;
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text);
    if (!found) break;
    row().push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '');
    if (found[3] === '\t' && cell.lastIndex === text.length) row().push('');
    if (found[3] !== '\t' && cell.lastIndex < text.length) rows.push([]);
  }
  return rows;
}
