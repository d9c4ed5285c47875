import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import { newKey } from '../api/client';
import { nothing, reduce, type Drafts } from './draft';

/** A batch that was sent and whose outcome is not known: it may only be sent again as it was. */
export interface Pending {
  text: string;
  key: string;
  ifMatch: string;
}

interface Kept {
  rows: Drafts;
  /** The state of the case that was seen when the drafting began. */
  basis: string | null;
  pending: Pending | null;
}

function load(name: string): Kept {
  const text = localStorage.getItem(name);
  if (text) {
    try {
      return JSON.parse(text) as Kept;
    } catch {
      localStorage.removeItem(name); // another version wrote it; there is nothing to read
    }
  }
  return { rows: {}, basis: null, pending: null };
}

/** The drafts of one person for one audit, kept in this browser: they outlive a reload, a sign-in that ran
 * out, and a server that restarts. */
export function useDrafts(actor: string, id: string, audit: number, etag: string) {
  const name = `starledger.draft.${actor}.${id}.${audit}`;
  const [first] = useState(() => load(name));
  const [state, dispatch] = useReducer(reduce, { ...nothing, rows: first.rows });
  const [basis, setBasis] = useState(first.basis);
  const [pending, setPending] = useState(first.pending);
  const count = Object.keys(state.rows).length;
  const restored = useRef(Object.keys(first.rows).length).current;

  // What was seen when the first draft was made; without drafts, what is seen now.
  useEffect(() => {
    if (count === 0) setBasis(null);
    else setBasis((now) => now ?? etag);
  }, [count, etag]);
  useEffect(() => {
    if (count === 0 && !pending) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify({ rows: state.rows, basis, pending } satisfies Kept));
  }, [name, state.rows, basis, pending, count]);

  /** Fixes what is about to be sent, before it is sent. */
  const prepare = useCallback(
    (text: string): Pending => {
      const prepared = pending?.text === text ? pending : { text, key: newKey(), ifMatch: basis ?? etag };
      setPending(prepared);
      return prepared;
    },
    [pending, basis, etag],
  );
  /** The outcome is known: nothing is under way any more. */
  const settle = useCallback((posted: boolean) => {
    setPending(null);
    if (posted) {
      setBasis(null);
      dispatch({ kind: 'replace', rows: {} });
    }
  }, []);
  const rebase = useCallback((rows: Drafts, on: string) => {
    setPending(null);
    setBasis(on);
    dispatch({ kind: 'replace', rows });
  }, []);
  return { rows: state.rows, dispatch, count, restored, pending, prepare, settle, rebase, basis: basis ?? etag };
}

export type DraftBook = ReturnType<typeof useDrafts>;
