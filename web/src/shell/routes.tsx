import { lazy } from 'react';
import { Navigate, type RouteObject } from 'react-router-dom';
import { caseFrame, casePages, pages, type Load } from './pages';

/** A page that is loaded when it is first opened. */
function page(load: Load) {
  const Page = lazy(async () => ({ default: await load() }));
  return <Page />;
}

export const routes: RouteObject[] = [
  ...Object.entries(pages).map(([path, load]) => ({ path: `/${path}`, element: page(load) })),
  {
    path: '/cases/:case',
    element: page(caseFrame),
    children: Object.entries(casePages).map(([path, load]) =>
      path === '' ? { index: true, element: page(load) } : { path, element: page(load) },
    ),
  },
  { path: '/changes', element: <Navigate to="/analytics?tab=changes" replace /> },
  { path: '*', element: <Navigate to="/work" replace /> },
];
