import { useState } from 'react';
import { CommandDialog } from '../shell/CommandDialog';
import { Choice } from '../table/Choice';
import { useWords } from '../words/useWords';

/** Lets an assessor read: which cases, until which day, and why. */
export function GrantForm({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const [actor, setActor] = useState('');
  const [scope, setScope] = useState('all');
  const [text, setText] = useState('');
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const [reason, setReason] = useState('');
  const ids = text.split(/\s+/).filter(Boolean);
  const complete = actor.trim() && until && reason.trim() && (scope === 'all' || ids.length > 0);
  const body = {
    actor: actor.trim(),
    cases: scope === 'all' ? 'all' : ids,
    ...(from ? { from } : {}),
    until,
    reason: reason.trim(),
  };
  return (
    <CommandDialog title={t('grants.make')} id="access" to="/v1/grants" body={complete ? body : null} onClose={onClose}>
      <label>
        {t('grants.actor')}
        <input className="native" value={actor} onChange={(event) => setActor(event.target.value)} />
      </label>
      <label>
        {t('grants.cases')}
        <Choice
          label={t('grants.cases')}
          value={scope}
          options={[
            { value: 'all', label: t('common.all') },
            { value: 'some', label: t('grants.some') },
          ]}
          onChange={setScope}
        />
      </label>
      {scope === 'some' && (
        <label>
          {t('grants.ids')}
          <textarea className="native mono" value={text} onChange={(event) => setText(event.target.value)} />
        </label>
      )}
      <label>
        {t('grants.from')}
        <input type="date" className="native" value={from} onChange={(event) => setFrom(event.target.value)} />
      </label>
      <label>
        {t('grants.until')}
        <input type="date" className="native" value={until} onChange={(event) => setUntil(event.target.value)} />
      </label>
      <label>
        {t('common.reason')}
        <textarea className="native" value={reason} onChange={(event) => setReason(event.target.value)} />
      </label>
    </CommandDialog>
  );
}
