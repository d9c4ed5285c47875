import type { ComponentType } from 'react';

/** Brings the file of a page. */
export type Load = () => Promise<ComponentType>;

/** The pages of a case, by what follows its address. */
export const casePages: Record<string, Load> = {
  '': () => import('../cases/Overview').then((m) => m.Overview),
  process: () => import('../process/ProcessPage').then((m) => m.ProcessPage),
  clauses: () => import('../clauses/ClausesPage').then((m) => m.ClausesPage),
  sheet: () => import('../clauses/SheetPage').then((m) => m.SheetPage),
  findings: () => import('../findings/FindingsPage').then((m) => m.FindingsPage),
  'findings/new': () => import('../findings/NewFindingPage').then((m) => m.NewFindingPage),
  'findings/samples': () => import('../sampling/SamplingPage').then((m) => m.SamplingPage),
  'findings/:finding': () => import('../findings/FindingPage').then((m) => m.FindingPage),
  timeline: () => import('../score/TimelinePage').then((m) => m.TimelinePage),
  explanation: () => import('../score/ExplanationPage').then((m) => m.ExplanationPage),
  decisions: () => import('../decisions/DecisionsPage').then((m) => m.DecisionsPage),
  entries: () => import('../ledger/CaseEntries').then((m) => m.CaseEntries),
};

/** The frame of a case's pages. */
export const caseFrame: Load = () => import('../cases/CasePage').then((m) => m.CasePage);

export const pages: Record<string, Load> = {
  work: () => import('../work/WorkPage').then((m) => m.WorkPage),
  cases: () => import('../cases/CasesPage').then((m) => m.CasesPage),
  compare: () => import('../compare/ComparePage').then((m) => m.ComparePage),
  findings: () => import('../board/BoardPage').then((m) => m.BoardPage),
  calendar: () => import('../calendar/CalendarPage').then((m) => m.CalendarPage),
  analytics: () => import('../analytics/AnalyticsPage').then((m) => m.AnalyticsPage),
  exchange: () => import('../exchange/ExchangePage').then((m) => m.ExchangePage),
  register: () => import('../decisions/RegisterPage').then((m) => m.RegisterPage),
  ledger: () => import('../ledger/LedgerPage').then((m) => m.LedgerPage),
  checks: () => import('../checks/ChecksPage').then((m) => m.ChecksPage),
  'checks/:case': () => import('../checks/ReviewPage').then((m) => m.ReviewPage),
  settings: () => import('../settings/SettingsPage').then((m) => m.SettingsPage),
};

/** What the page at an address is made of, so that it can be asked for before anything else has run. An
 * address that nobody knows shows the work of the person, as the routes say. */
export function pagesAt(pathname: string): Load[] {
  const parts = pathname.split('/').filter(Boolean);
  if (parts[0] === 'cases' && parts.length > 1) return [caseFrame, ...found(casePages, parts.slice(2))];
  const page = found(pages, parts);
  return page.length > 0 ? page : found(pages, ['work']);
}

function found(among: Record<string, Load>, parts: string[]): Load[] {
  const exact = among[parts.join('/')];
  if (exact) return [exact];
  const pattern = Object.keys(among).find((key) => {
    const wanted = key.split('/');
    return wanted.length === parts.length && wanted.every((each, i) => each.startsWith(':') || each === parts[i]);
  });
  return pattern === undefined ? [] : [among[pattern] as Load];
}
