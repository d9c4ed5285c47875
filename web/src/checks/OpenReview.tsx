import { useState } from 'react';
import { CommandDialog } from '../shell/CommandDialog';
import { useWords } from '../words/useWords';

/** A review has a body, a scope and a period; the cases that were open in it can be drawn from. */
export function OpenReview({ onClose, onPosted }: { onClose: () => void; onPosted: (id: string) => void }) {
  const { t } = useWords();
  const [name, setName] = useState('');
  const [scope, setScope] = useState('');
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const complete = name.trim() && scope.trim() && from && until;
  return (
    <CommandDialog
      title={t('review.open')}
      id="review"
      to="/v1/accreditation-reviews"
      body={complete ? { organization: { name: name.trim() }, scope: scope.trim(), from, until } : null}
      onClose={onClose}
      onPosted={(posted) => onPosted(posted.case)}
    >
      <label>
        {t('review.body')}
        <input className="native" value={name} onChange={(event) => setName(event.target.value)} />
      </label>
      <label>
        {t('cases.scope')}
        <input className="native" value={scope} onChange={(event) => setScope(event.target.value)} />
      </label>
      <label>
        {t('review.from')}
        <input type="date" className="native" value={from} onChange={(event) => setFrom(event.target.value)} />
      </label>
      <label>
        {t('review.until')}
        <input type="date" className="native" value={until} onChange={(event) => setUntil(event.target.value)} />
      </label>
    </CommandDialog>
  );
}
