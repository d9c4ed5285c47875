import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { get } from '../api/client';
import type { Population } from '../api/types';
import type { Integrity } from '../ledger/integrity';
import { CommandDialog } from '../shell/CommandDialog';
import { EntryLink } from '../shell/links';
import { useWords } from '../words/useWords';

interface Props {
  id: string;
  /** Where populations are, below the case. */
  path: string;
  population: Population;
  etag: string | undefined;
  onClose: () => void;
  onPosted: (draw: number) => void;
}

/** How many to draw. Which ones, nobody can choose: they follow from the list and from the first checkpoint
 * after it. Who draws again says why, and the redraw is counted. */
export function DrawForm({ id, path, population, etag, onClose, onPosted }: Props) {
  const { t } = useWords();
  const [size, setSize] = useState('');
  const [reason, setReason] = useState('');
  const again = population.draws.length > 0;
  const sealed = useSealed(population.entry.seq);
  const n = /^[1-9]\d{0,4}$/.test(size) ? Number(size) : 0;
  const ready = sealed && n > 0 && n <= population.size && (!again || reason.trim() !== '');
  return (
    <CommandDialog
      title={`${t(again ? 'sampling.redraw' : 'sampling.draw')} · ${population.population}`}
      id={id}
      path={`${path}/${population.population}/draws`}
      body={ready ? { size: n, ...(again ? { redraw: true, reason: reason.trim() } : {}) } : null}
      etag={etag}
      onClose={onClose}
      onPosted={() => onPosted(population.draws.length + 1)}
    >
      <p className="quiet">{t('sampling.draw.hint')}</p>
      <p role="status" data-sealed={sealed}>
        {sealed ? '✓ ' : '… '}
        {t(sealed ? 'sampling.sealed' : 'sampling.unsealed')} <EntryLink seq={population.entry.seq} />
      </p>
      <label>
        {t('sampling.n', { size: population.size })}
        <input
          className="native"
          inputMode="numeric"
          value={size}
          onChange={(event) => setSize(event.target.value.trim())}
        />
      </label>
      {again && (
        <label>
          {t('sampling.redraw.why')}
          <textarea className="native" value={reason} onChange={(event) => setReason(event.target.value)} />
        </label>
      )}
    </CommandDialog>
  );
}

/** Whether a checkpoint covers the entry: asked every second until one does. */
function useSealed(seq: number): boolean {
  const { data } = useQuery<Integrity>({
    queryKey: ['sealed', seq],
    refetchInterval: (query) => ((query.state.data?.sealed.size ?? 0) >= seq ? false : 1000),
    queryFn: async ({ signal }) => (await get<Integrity>('/v1/integrity', {}, signal)).data,
  });
  return (data?.sealed.size ?? 0) >= seq;
}
