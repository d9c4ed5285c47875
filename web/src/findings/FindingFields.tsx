import type { Audit, Case, Scheme } from '../api/types';
import { methods } from '../clauses/columns';
import { EvidenceField } from '../evidence/EvidenceField';
import { To } from '../shell/links';
import { Choice } from '../table/Choice';
import { useSession } from '../shell/session';
import { useWords } from '../words/useWords';
import { Star } from '../forms/Star';
import { ClauseChoice } from './ClauseChoice';
import type { FindingDraft } from './findingForm';

interface Props {
  kase: Case;
  audit: Audit;
  scheme: Scheme;
  form: FindingDraft;
  set: (change: Partial<FindingDraft>) => void;
}

const categories = ['nonconformity', 'observation', 'opportunity', 'strength'] as const;

/** The fields of the paper form, in its order. */
export function FindingFields({ kase, audit, scheme, form, set }: Props) {
  const { t, v } = useWords();
  const session = useSession();
  return (
    <div className="command">
      <dl className="facts paper-head">
        <dt>{t('findings.number')}</dt>
        <dd className="num">F{audit.findings.length + 1}</dd>
        <dt>{t('findings.audited')}</dt>
        <dd>{kase.organization.name}</dd>
        <dt>{t('case.days')}</dt>
        <dd className="num">
          {v('audit', audit.kind)} · {audit.starts_on} – {audit.ends_on}
        </dd>
        <dt>{t('findings.auditor')}</dt>
        <dd>{session.name ?? session.actor}</dd>
      </dl>
      <ClauseChoice scheme={scheme} value={form.clause} onChange={(clause) => set({ clause })} />
      <div className="three">
        <label>
          {t('findings.category')}
          <Choice
            label={t('findings.category')}
            value={form.category}
            options={categories.map((value) => ({ value, label: v('category', value) }))}
            onChange={(category) => set({ category: category as FindingDraft['category'] })}
          />
        </label>
        {form.category === 'nonconformity' && (
          <label>
            {t('findings.severity')}
            <Choice
              label={t('findings.severity')}
              value={form.severity}
              options={(['minor', 'major'] as const).map((value) => ({ value, label: v('severity', value) }))}
              onChange={(severity) => set({ severity: severity as FindingDraft['severity'] })}
            />
          </label>
        )}
        <label>
          {t('clauses.method')}
          <Choice
            label={t('clauses.method')}
            value={form.method}
            options={[
              { value: '', label: t('form.choose') },
              ...methods.map((value) => ({ value, label: v('method', value) })),
            ]}
            onChange={(method) => set({ method })}
          />
        </label>
      </div>
      <label>
        <span>
          {t('findings.statement')}
          <Star />
        </span>
        <textarea
          className="native"
          required
          value={form.statement}
          onChange={(event) => set({ statement: event.target.value })}
        />
      </label>
      <div className="named">
        <span>{t('clauses.evidence')}</span>
        <EvidenceField value={form.evidence} onChange={(evidence) => set({ evidence })} />
      </div>
      <div className="three">
        <label>
          {t('findings.seen')}
          <input
            type="datetime-local"
            className="native"
            value={form.seen}
            onChange={(event) => set({ seen: event.target.value })}
          />
        </label>
        {form.seen && (
          <label className="wide-field">
            {t('findings.late')}
            <input className="native" value={form.late} onChange={(event) => set({ late: event.target.value })} />
          </label>
        )}
      </div>
      <label>
        {t('findings.note')}
        <input className="native" value={form.source} onChange={(event) => set({ source: event.target.value })} />
      </label>
      <p className="quiet small">
        {t('findings.sampled.hint')}{' '}
        <To path={`/cases/${kase.case}/findings/samples?audit=${audit.audit}&clause=${form.clause}`}>
          {t('sampling.title')}
        </To>
      </p>
    </div>
  );
}
