import { useMemo } from 'react';
import { formDrafts } from '../forms/drafts';
import { useSession } from '../shell/session';

/** Something begun on this machine and not posted. */
export interface Draft {
  case: string;
  /** Below the case. */
  path: string;
  /** The form, or '' for a sheet of clauses. */
  form: string;
  clauses: number;
}

/** The drafts that the person left on this machine: sheets of clauses, and forms. */
export function useDraftList(): Draft[] {
  const { actor } = useSession();
  return useMemo(() => [...sheets(actor), ...filledForms(actor)], [actor]);
}

function sheets(actor: string): Draft[] {
  const begin = `starledger.draft.${actor}.`;
  return Object.keys(localStorage).flatMap((name) => {
    if (!name.startsWith(begin)) return [];
    const [id = '', audit = ''] = name.slice(begin.length).split('.');
    return [{ case: id, path: `/clauses?audit=${audit}`, form: '', clauses: rowsOf(localStorage.getItem(name)) }];
  });
}

function rowsOf(text: string | null): number {
  try {
    const kept = JSON.parse(text ?? '{}') as { rows?: object };
    return Object.keys(kept.rows ?? {}).length;
  } catch {
    return 0; // another version wrote it
  }
}

function filledForms(actor: string): Draft[] {
  return formDrafts(actor).map(({ case: id, audit, form, subject }) => {
    const query = new URLSearchParams({ form });
    if (subject) query.set('about', subject);
    if (audit > 0) query.set('audit', String(audit));
    return { case: id, path: `${id ? '/process' : ''}?${query.toString()}`, form, clauses: 0 };
  });
}
