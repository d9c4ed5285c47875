import type { Evidence } from '../api/types';
import { EvidenceField } from '../evidence/EvidenceField';
import { Evidences } from '../evidence/Evidences';
import { Who } from '../people/Who';
import { EntryLink, EntryLinks, To } from '../shell/links';
import { minuteOf } from '../words/time';
import { useWords } from '../words/useWords';
import type { Standing } from './standing';

interface Props {
  id: string;
  audit: number;
  standing: Standing;
  /** The evidence of the draft; undefined where nothing can be entered. */
  drafted?: readonly Evidence[];
  onEvidence: (evidence: Evidence[]) => void;
}

/** Everything about one clause: its text, what was seen, the findings, and how its points come about. */
export function Inspector({ id, audit, standing, drafted, onEvidence }: Props) {
  const { t, v } = useWords();
  const { clause, assessment, findings, deductions, deletion, score } = standing;
  return (
    <aside className="sheet inspector" aria-label={t('clauses.inspector')}>
      <div>
        <h2 className="num">
          {clause.id} {clause.title}
        </h2>
        <p className="quiet">
          {t('clauses.points')} {clause.points} · {t(`clauses.state.${standing.state}`)}
        </p>
      </div>
      <p lang="zh-CN" className="clause-text">
        {clause.text}
      </p>
      {score && (
        <div>
          <h3>{t('clauses.formula')}</h3>
          <p className="num">{score.formula}</p>
          <EntryLinks seqs={score.events} />
        </div>
      )}
      <div>
        <h3>{t('clauses.record')}</h3>
        {!assessment && !deletion && <p className="quiet">{t('clauses.nothing')}</p>}
        {assessment && (
          <p>
            <EntryLink seq={assessment.entry.seq} /> {v('method', assessment.method)} {assessment.statement}
            <span className="quiet small">
              {' '}
              <Who actor={assessment.entry.actor} /> · {minuteOf(assessment.entry.effective_at)}
            </span>
          </p>
        )}
        {deletion && (
          <p>
            <EntryLink seq={deletion.entry.seq} /> {t('clauses.state.deleted')} · {deletion.entry.reason}
          </p>
        )}
        <Evidences id={id} list={assessment?.evidence} />
      </div>
      {drafted && (
        <div>
          <h3>{t('clauses.evidence')}</h3>
          <EvidenceField key={clause.id} value={drafted} onChange={onEvidence} />
        </div>
      )}
      {(findings.length > 0 || deductions.length > 0) && (
        <div>
          <h3>{t('case.findings')}</h3>
          {findings.map((f) => (
            <p key={f.finding}>
              <EntryLink seq={f.entry.seq} />{' '}
              <To path={`/cases/${id}/findings/${f.finding}?audit=${audit}`}>{f.finding}</To>{' '}
              {v('severity', f.severity)} {f.statement}{' '}
              {f.withdrawn && <span className="tag">{t('findings.withdrawn')}</span>}
              {f.corrected && <span className="tag good">{t('findings.closed')}</span>}
            </p>
          ))}
          {deductions.map((d) => (
            <p key={d.deduction}>
              <EntryLink seq={d.entry.seq} /> <strong>{d.deduction}</strong>{' '}
              {d.sample ? `${d.sample.nonconforming}/${d.sample.size}` : t('findings.deduct.whole')} {d.entry.reason}
            </p>
          ))}
        </div>
      )}
    </aside>
  );
}
