import { useState } from 'react';
import type { Audit, Case, Scheme } from '../api/types';
import { CommandDialog } from '../shell/CommandDialog';
import { Choice } from '../table/Choice';
import { useWords } from '../words/useWords';

interface Props {
  kase: Case;
  audit: Audit & { etag: string };
  scheme: Scheme;
  onClose: () => void;
}

const categories = ['nonconformity', 'observation', 'opportunity', 'strength'] as const;

/** The fields of the paper form. A deduction, by sample or whole, is drafted on the sheet of clauses. */
export function FindingForm({ kase, audit, scheme, onClose }: Props) {
  const { t, v } = useWords();
  const [clause, setClause] = useState('');
  const [category, setCategory] = useState<string>('nonconformity');
  const [severity, setSeverity] = useState('minor');
  const [statement, setStatement] = useState('');
  const text = statement.trim();
  const chosen = scheme.clauses.find((c) => c.id === clause);
  const body = { clause, category, ...(category === 'nonconformity' ? { severity } : {}), statement: text };
  return (
    <CommandDialog
      title={t('findings.new')}
      id={kase.case}
      path={`audits/${audit.audit}/findings`}
      body={chosen && text ? body : null}
      etag={audit.etag}
      onClose={onClose}
    >
      <label>
        {t('findings.clause')}
        <Choice
          label={t('findings.clause')}
          value={clause}
          options={[
            { value: '', label: '–' },
            ...scheme.clauses.map((c) => ({ value: c.id, label: `${c.id} ${c.text.slice(0, 32)}` })),
          ]}
          onChange={setClause}
        />
      </label>
      {chosen && (
        <p className="clause-text quiet" lang="zh-CN">
          {chosen.text}
        </p>
      )}
      <label>
        {t('findings.category')}
        <Choice
          label={t('findings.category')}
          value={category}
          options={categories.map((value) => ({ value, label: v('category', value) }))}
          onChange={setCategory}
        />
      </label>
      {category === 'nonconformity' && (
        <label>
          {t('findings.severity')}
          <Choice
            label={t('findings.severity')}
            value={severity}
            options={['minor', 'major'].map((value) => ({ value, label: v('severity', value) }))}
            onChange={setSeverity}
          />
        </label>
      )}
      <label>
        {t('findings.statement')}
        <textarea className="native" value={statement} onChange={(event) => setStatement(event.target.value)} />
      </label>
    </CommandDialog>
  );
}
