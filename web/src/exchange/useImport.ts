import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { newKey, postText } from '../api/client';
import { refusalOf, type Refusal } from '../api/problem';
import type { Page } from '../api/types';
import type { Imported } from './types';

export interface ImportFile {
  name: string;
  text: string;
  size: number;
  csv: boolean;
}

/** Rehearses a file of clients, then imports it. The key belongs to the file: sent again after no answer, the
 * server goes on where it stopped, and imports nothing twice. */
export function useImport(file: ImportFile | null) {
  const queries = useQueryClient();
  const [preview, setPreview] = useState<Imported[] | null>(null);
  const [done, setDone] = useState<Imported[] | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const [sent, setSent] = useState<{ text: string; key: string } | null>(null);
  const attempt = async (run: (file: ImportFile) => Promise<void>) => {
    if (!file) return;
    setBusy(true);
    setRefusal(null);
    try {
      await run(file);
    } catch (error) {
      setRefusal(refusalOf(error));
    } finally {
      setBusy(false);
    }
  };
  const typeOf = (given: ImportFile) => (given.csv ? 'text/csv' : 'application/json');
  const rehearse = () =>
    attempt(async (given) => {
      const posting = { text: given.text, dryRun: true, type: typeOf(given) };
      setPreview((await postText<Page<Imported>>('/v1/imports', posting)).data.items);
    });
  const confirm = () =>
    attempt(async (given) => {
      const { key } = sent?.text === given.text ? sent : { key: newKey() };
      setSent({ text: given.text, key });
      const posting = { text: given.text, key, type: typeOf(given) };
      setDone((await postText<Page<Imported>>('/v1/imports', posting)).data.items);
      await queries.invalidateQueries({ queryKey: ['lists'] });
    });
  const forget = () => {
    setPreview(null);
    setDone(null);
    setRefusal(null);
  };
  return { preview, done, refusal, busy, rehearse, confirm, forget };
}
