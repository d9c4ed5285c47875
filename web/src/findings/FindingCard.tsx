import type { Audit, Case, Finding } from '../api/types';
import { Evidences } from '../evidence/Evidences';
import { Who } from '../people/Who';
import { EntryLink, To } from '../shell/links';
import { daysBetween, minuteOf } from '../words/time';
import { useWords } from '../words/useWords';
import { FindingActions } from './FindingActions';
import { stageOf } from './stage';

interface Props {
  kase: Case;
  audit: Audit & { etag: string };
  finding: Finding;
  writable: boolean;
}

export function FindingCard({ kase, audit, finding, writable }: Props) {
  const { t, v } = useWords();
  const stage = stageOf(finding, audit);
  const corrections = audit.corrections.filter((c) => c.finding === finding.finding);
  const deductions = audit.deductions.filter((d) => d.finding === finding.finding && !d.revoked);
  const specials = audit.special_deductions.filter((s) => s.finding === finding.finding && !s.revoked);
  const end = finding.withdrawn ?? corrections.at(-1)?.verification?.entry;
  const until =
    end && (stage === 'closed' || stage === 'withdrawn') ? new Date(end.effective_at).getTime() : Date.now();
  return (
    <article className="sheet finding">
      <div className="head">
        <h3 className="num">
          <To path={`/cases/${kase.case}/findings/${finding.finding}?audit=${audit.audit}`}>{finding.finding}</To>
        </h3>
        <span className="num quiet">{finding.clause}</span>
        <span className={`tag ${finding.severity === 'major' ? 'bad' : ''}`}>
          {v('category', finding.category)}
          {finding.severity && ` · ${v('severity', finding.severity)}`}
        </span>
        <span className="grow" />
        <EntryLink seq={finding.entry.seq} />
      </div>
      <p className="clause-text">{finding.statement}</p>
      <Evidences id={kase.case} list={finding.evidence} />
      <p className="quiet small num">
        <Who actor={finding.entry.actor} /> · {minuteOf(finding.entry.effective_at)} ·{' '}
        {t('findings.age', { days: daysBetween(finding.entry.effective_at, until) })}
      </p>
      {deductions.map((d) => (
        <p key={d.deduction} className="loss small">
          {d.deduction} {d.sample ? `${d.sample.nonconforming}/${d.sample.size}` : t('findings.deduct.whole')}{' '}
          <EntryLink seq={d.entry.seq} />
        </p>
      ))}
      {specials.map((s) => (
        <p key={s.special} className="loss small">
          {t('findings.special')} {s.special} · {v('trigger', s.trigger)} <EntryLink seq={s.entry.seq} />
        </p>
      ))}
      {corrections.map((c) => (
        <div key={c.correction} className="correction">
          <p className="clause-text">
            <strong>{c.correction}</strong> {c.statement} <EntryLink seq={c.entry.seq} />
          </p>
          <Evidences id={kase.case} list={c.evidence} />
          {c.verification && (
            <p className="small">
              <span className={`tag ${c.verification.outcome === 'accepted' ? 'good' : 'loss'}`}>
                {v('outcome', c.verification.outcome)}
              </span>{' '}
              {c.verification.entry.reason} <EntryLink seq={c.verification.entry.seq} />
            </p>
          )}
        </div>
      ))}
      {finding.withdrawn && (
        <p className="small quiet">
          {finding.withdrawn.reason} <EntryLink seq={finding.withdrawn.seq} />
        </p>
      )}
      {writable && <FindingActions kase={kase} audit={audit} finding={finding} />}
    </article>
  );
}
