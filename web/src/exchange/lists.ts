// Whole lists as CSV, page after page, in the words and columns of the screens.
import { get } from '../api/client';
import type { Due } from '../api/findings';
import type { CaseRow, Check, Page, RegisterRow } from '../api/types';
import { ageOf } from '../board/findings';
import { findingLine } from '../board/FindingTable';
import { allFindings } from '../board/useFindings';
import { dueLine } from '../calendar/DueTable';
import { today } from '../calendar/queries';
import { caseLine } from '../cases/columns';
import { registerLine } from '../decisions/RegisterPage';
import { csvOf } from '../table/csv';
import type { Words } from '../words/useWords';

export interface Csv {
  name: string;
  text: string;
}

type Query = { as_of?: string };

async function all<T>(path: string, query: Record<string, string | undefined>): Promise<T[]> {
  const items: T[] = [];
  let after: string | undefined = '';
  while (after !== undefined) {
    const page: Page<T> = (await get<Page<T>>(path, { ...query, after, limit: 1000 })).data;
    items.push(...page.items);
    after = page.next;
  }
  return items;
}

export async function casesCsv(query: Query, words: Words): Promise<Csv> {
  const rows = await all<CaseRow>('/v1/cases', query);
  return {
    name: 'cases.csv',
    text: csvOf(
      caseLine.header(words),
      rows.map((row) => caseLine.row(row, words)),
    ),
  };
}

export async function registerCsv(query: Query, words: Words): Promise<Csv> {
  const rows = await all<RegisterRow>('/v1/register', query);
  return {
    name: 'register.csv',
    text: csvOf(
      registerLine.header(words),
      rows.map((row) => registerLine.row(row, words)),
    ),
  };
}

export async function findingsCsv(query: Query, words: Words): Promise<Csv> {
  const rows = await allFindings({ ...query });
  const now = Date.now();
  const lines = rows.map((f) => findingLine.row(f, ageOf(f, now), words));
  return { name: 'findings.csv', text: csvOf(findingLine.header(words), lines) };
}

export async function calendarCsv(query: Query, words: Words): Promise<Csv> {
  const rows = await all<Due>('/v1/calendar', query);
  return {
    name: 'calendar.csv',
    text: csvOf(
      dueLine.header(words),
      rows.map((due) => dueLine.row(due, today(), words)),
    ),
  };
}

/** The checks say how things are now; they know no other instant. */
export async function checksCsv(_: Query, { t, v }: Words): Promise<Csv> {
  const rows = await all<Check>('/v1/checks', {});
  const header = [
    t('refusal.rule'),
    t('checks.title'),
    t('findings.outcome'),
    t('ledger.case'),
    t('ledger.sentence'),
    t('refusal.entries'),
  ];
  const lines = rows.map((check) => [
    check.code,
    check.name,
    v('checks.outcome', check.outcome),
    check.case,
    check.detail,
    check.events.map((seq) => `#${seq}`).join(' '),
  ]);
  return { name: 'checks.csv', text: csvOf(header, lines) };
}
