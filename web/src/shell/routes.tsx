import { lazy, type ComponentType } from 'react';
import { Navigate, type RouteObject } from 'react-router-dom';

/** A page that is loaded when it is first opened. */
function page<K extends string>(load: () => Promise<Record<K, ComponentType>>, name: K) {
  const Page = lazy(async () => ({ default: (await load())[name] as ComponentType }));
  return <Page />;
}

export const routes: RouteObject[] = [
  { path: '/', element: <Navigate to="/work" replace /> },
  { path: '/sign-in', element: <Navigate to="/work" replace /> },
  { path: '/work', element: page(() => import('../work/WorkPage'), 'WorkPage') },
  { path: '/cases', element: page(() => import('../cases/CasesPage'), 'CasesPage') },
  {
    path: '/cases/:case',
    element: page(() => import('../cases/CasePage'), 'CasePage'),
    children: [
      { index: true, element: page(() => import('../cases/Overview'), 'Overview') },
      { path: 'process', element: page(() => import('../process/ProcessPage'), 'ProcessPage') },
      { path: 'clauses', element: page(() => import('../clauses/ClausesPage'), 'ClausesPage') },
      { path: 'findings', element: page(() => import('../findings/FindingsPage'), 'FindingsPage') },
      { path: 'findings/new', element: page(() => import('../findings/NewFindingPage'), 'NewFindingPage') },
      { path: 'findings/:finding', element: page(() => import('../findings/FindingPage'), 'FindingPage') },
      { path: 'findings/samples', element: page(() => import('../sampling/SamplingPage'), 'SamplingPage') },
      { path: 'timeline', element: page(() => import('../score/TimelinePage'), 'TimelinePage') },
      { path: 'explanation', element: page(() => import('../score/ExplanationPage'), 'ExplanationPage') },
      { path: 'decisions', element: page(() => import('../decisions/DecisionsPage'), 'DecisionsPage') },
      { path: 'entries', element: page(() => import('../ledger/CaseEntries'), 'CaseEntries') },
    ],
  },
  { path: '/compare', element: page(() => import('../compare/ComparePage'), 'ComparePage') },
  { path: '/findings', element: page(() => import('../board/BoardPage'), 'BoardPage') },
  { path: '/calendar', element: page(() => import('../calendar/CalendarPage'), 'CalendarPage') },
  { path: '/analytics', element: page(() => import('../analytics/AnalyticsPage'), 'AnalyticsPage') },
  { path: '/changes', element: <Navigate to="/analytics?tab=changes" replace /> },
  { path: '/exchange', element: page(() => import('../exchange/ExchangePage'), 'ExchangePage') },
  { path: '/register', element: page(() => import('../decisions/RegisterPage'), 'RegisterPage') },
  { path: '/ledger', element: page(() => import('../ledger/LedgerPage'), 'LedgerPage') },
  { path: '/checks', element: page(() => import('../checks/ChecksPage'), 'ChecksPage') },
  { path: '/checks/:case', element: page(() => import('../checks/ReviewPage'), 'ReviewPage') },
  { path: '/settings', element: page(() => import('../settings/SettingsPage'), 'SettingsPage') },
  { path: '*', element: <Navigate to="/work" replace /> },
];
