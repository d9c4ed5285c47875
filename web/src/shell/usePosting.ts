import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { newKey, postText } from '../api/client';
import { refusalOf, type Refusal } from '../api/problem';
import type { Page, Posted, Rehearsal } from '../api/types';

interface Options {
  /** The case whose readings are stale afterwards. */
  id: string;
  /** Where it is posted to. */
  to: string;
  /** The body as it stands; null while the form is not complete. */
  body: Record<string, unknown> | null;
  /** The state of the case that the form was filled in over; without it nothing is missed. */
  etag?: string;
  /** What has to be there before the rehearsal, such as the bytes that the body names by digest. */
  prepare?: () => Promise<void>;
  onPosted: (posted: Posted[]) => void;
}

/** Rehearse, look, confirm. The form stays as it is through every refusal; a retry after no answer sends
 * the same request under the same key, so that nothing is entered twice. */
export function usePosting({ id, to, body, etag, prepare, onPosted }: Options) {
  const queries = useQueryClient();
  const [sent, setSent] = useState<{ text: string; key: string } | null>(null);
  const [seen, setSeen] = useState(etag);
  const [preview, setPreview] = useState<Rehearsal[] | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);

  const attempt = async (run: () => Promise<void>) => {
    setBusy(true);
    setRefusal(null);
    try {
      await run();
    } catch (error) {
      setRefusal(refusalOf(error));
    } finally {
      setBusy(false);
    }
  };
  const refresh = async () => {
    await queries.invalidateQueries({ queryKey: ['case', id] });
    void queries.invalidateQueries({ queryKey: ['lists'] });
  };
  const rehearse = () =>
    attempt(async () => {
      await prepare?.();
      const posting = { text: JSON.stringify(body), dryRun: true, ifMatch: seen };
      setPreview(listOf((await postText<Rehearsal | Page<Rehearsal>>(to, posting)).data));
    });
  const confirm = () =>
    attempt(async () => {
      const text = JSON.stringify(body);
      const given = sent?.text === text ? sent : { text, key: newKey() };
      setSent(given);
      const { data } = await postText<Posted | Page<Posted>>(to, { ...given, ifMatch: seen });
      await refresh();
      onPosted(listOf(data));
    });
  /** The missed entries were shown; going on from them is a new request. */
  const rebase = () => {
    const last = refusal?.problem.missed?.at(-1)?.event.caseseq;
    if (last) setSeen(`"${last}"`);
    setSent(null);
    setRefusal(null);
    setPreview(null);
    void refresh();
  };
  const back = () => setPreview(null);
  /** Back to the form as it is, over what was seen. */
  const dismiss = () => setRefusal(null);
  return { preview, refusal, busy, rehearse, confirm, rebase, back, dismiss };
}

function listOf<T>(answer: T | Page<T>): T[] {
  return typeof answer === 'object' && answer !== null && 'items' in answer ? answer.items : [answer];
}
