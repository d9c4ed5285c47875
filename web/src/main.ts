// The entry: a few lines, so that who is signed in and the page at this address are asked for while the
// workbench itself is still on its way.
import { askFirst } from './api/first';
import { pagesAt } from './shell/pages';
import './shell/look.css';
import './shell/parts.css';

askFirst();
void import('./start').then(({ start }) => start());
for (const load of pagesAt(location.pathname)) void load().catch(() => undefined); // its route tells
