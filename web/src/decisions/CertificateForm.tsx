import { useState } from 'react';
import type { Case } from '../api/types';
import { CommandDialog } from '../shell/CommandDialog';
import { useWords } from '../words/useWords';

/** The certificate on a decision to grant. */
export function CertificateForm({ kase, onClose }: { kase: Case; onClose: () => void }) {
  const { t } = useWords();
  const [number, setNumber] = useState('');
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const body = { number: number.trim(), valid_from: from, valid_until: until };
  return (
    <CommandDialog
      title={t('decisions.certificate')}
      id={kase.case}
      path="certificates"
      body={body.number && from && until ? body : null}
      etag={`"${kase.case_seq}"`}
      onClose={onClose}
    >
      <label>
        {t('decisions.certificate.number')}
        <input className="native" value={number} onChange={(event) => setNumber(event.target.value)} />
      </label>
      <label>
        {t('decisions.from')}
        <input className="native" type="date" value={from} onChange={(event) => setFrom(event.target.value)} />
      </label>
      <label>
        {t('decisions.until')}
        <input className="native" type="date" value={until} onChange={(event) => setUntil(event.target.value)} />
      </label>
    </CommandDialog>
  );
}
