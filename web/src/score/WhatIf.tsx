import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { post } from '../api/client';
import type { Audit, Case, Score } from '../api/types';
import { EntryLink } from '../shell/links';
import { ErrorView } from '../shell/RefusalView';
import { useWords } from '../words/useWords';
import { exactOf, fractionOf, subtract } from './fraction';
import { Delta, Grade } from './Marks';

interface Candidate {
  seq: number;
  label: string;
}

/** What the score would be without some deductions. Nothing is stored, and the mark over it says so. */
export function WhatIf({ kase, audit, score }: { kase: Case; audit: Audit; score: Score }) {
  const { t, v } = useWords();
  const [without, setWithout] = useState<readonly number[]>([]);
  const candidates: Candidate[] = [
    ...audit.deductions
      .filter((d) => !d.revoked)
      .map((d) => ({
        seq: d.entry.seq,
        label: `${d.deduction} · ${d.clause} · ${d.sample ? `${d.sample.nonconforming}/${d.sample.size}` : t('findings.deduct.whole')}`,
      })),
    ...audit.special_deductions
      .filter((s) => !s.revoked)
      .map((s) => ({ seq: s.entry.seq, label: `${s.special} · ${v('trigger', s.trigger)}` })),
  ];
  const asked = [...without].sort((a, b) => a - b);
  const query = useQuery({
    queryKey: ['case', kase.case, 'what-if', audit.audit, asked],
    enabled: asked.length > 0,
    placeholderData: keepPreviousData,
    queryFn: async () =>
      (await post<Score>(`/v1/cases/${kase.case}/audits/${audit.audit}/score/what-if`, { without: asked })).data,
  });
  if (candidates.length === 0) return null;
  const found = asked.length > 0 ? query.data : undefined;
  const change = found && exactOf(subtract(fractionOf(found.final.fraction), fractionOf(score.final.fraction)));
  return (
    <section className={`sheet noprint${found ? ' watermark' : ''}`} data-mark={t('score.whatif.mark')}>
      <h2>{t('score.whatif')}</h2>
      <p className="quiet">{t('score.whatif.hint')}</p>
      <ul className="whatif-list">
        {candidates.map((c) => (
          <li key={c.seq}>
            <label>
              <input
                type="checkbox"
                checked={without.includes(c.seq)}
                onChange={(event) =>
                  setWithout(event.target.checked ? [...without, c.seq] : without.filter((seq) => seq !== c.seq))
                }
              />
              <span>{c.label}</span>
              <EntryLink seq={c.seq} />
            </label>
          </li>
        ))}
      </ul>
      {query.error && <ErrorView error={query.error} />}
      {found && change && (
        <p className="compared num" role="status">
          <span>
            {score.final.value} → <b>{found.final.value}</b>
          </span>
          <Grade grade={found.grade?.id} provisional={found.provisional} />
          <Delta delta={change} />
        </p>
      )}
    </section>
  );
}
