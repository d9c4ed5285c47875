import type { BarredBy } from '../api/findings';
import { EntryLink } from '../shell/links';
import { useWords } from '../words/useWords';

/** Separated duties keep the person from a review or a decision: the rule, and the entry it rests on. */
export function Barred({ duty, by }: { duty: string; by: BarredBy }) {
  const { t } = useWords();
  return (
    <div className="loss small" role="note">
      {t(duty === 'reviewer' ? 'process.barred.review' : 'process.barred.decide', { code: by.policy })}{' '}
      <EntryLink seq={by.seq} />
    </div>
  );
}
