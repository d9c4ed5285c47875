import { Button } from 'antd';
import { useState } from 'react';
import type { Audit, Case, Finding } from '../api/types';
import { EntryLink } from '../shell/links';
import { useSession } from '../shell/session';
import { daysBetween, minuteOf } from '../words/time';
import { useWords } from '../words/useWords';
import { ReasonForm, type ReasonAction } from './ReasonForm';
import { stageOf } from './stage';

interface Props {
  kase: Case;
  audit: Audit & { etag: string };
  finding: Finding;
  writable: boolean;
}

export function FindingCard({ kase, audit, finding, writable }: Props) {
  const { t, v } = useWords();
  const session = useSession();
  const [action, setAction] = useState<ReasonAction | null>(null);
  const stage = stageOf(finding, audit);
  const corrections = audit.corrections.filter((c) => c.finding === finding.finding);
  const deductions = audit.deductions.filter((d) => d.finding === finding.finding && !d.revoked);
  const specials = audit.special_deductions.filter((s) => s.finding === finding.finding && !s.revoked);
  const team = audit.team.find((m) => m.actor === session.actor);
  const evaluates = team?.role === 'lead' || team?.role === 'auditor';
  const end = finding.withdrawn ?? corrections.at(-1)?.verification?.entry;
  const until =
    end && (stage === 'closed' || stage === 'withdrawn') ? new Date(end.effective_at).getTime() : Date.now();
  return (
    <article className="sheet finding">
      <div className="head">
        <h3 className="num">{finding.finding}</h3>
        <span className="num quiet">{finding.clause}</span>
        <span className={`tag ${finding.severity === 'major' ? 'bad' : ''}`}>
          {v('category', finding.category)}
          {finding.severity && ` · ${v('severity', finding.severity)}`}
        </span>
        <span className="grow" />
        <EntryLink seq={finding.entry.seq} />
      </div>
      <p className="clause-text">{finding.statement}</p>
      <p className="quiet small num">
        {finding.entry.actor} · {minuteOf(finding.entry.effective_at)} ·{' '}
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
      {writable && (
        <div className="head actions">
          {(stage === 'raised' || stage === 'rejected') && session.roles.includes('case_officer') && (
            <Button size="small" onClick={() => setAction('corrections')}>
              {t('findings.correct')}
            </Button>
          )}
          {stage === 'correcting' && evaluates && (
            <Button size="small" onClick={() => setAction('verification')}>
              {t('findings.verify')}
            </Button>
          )}
          {stage !== 'withdrawn' &&
            finding.category === 'nonconformity' &&
            specials.length === 0 &&
            evaluates &&
            !audit.report && (
              <Button size="small" onClick={() => setAction('special')}>
                {t('findings.special')}
              </Button>
            )}
          {(stage === 'raised' || stage === 'rejected') && team?.role === 'lead' && !audit.report && (
            <Button size="small" onClick={() => setAction('withdrawal')}>
              {t('findings.withdraw')}
            </Button>
          )}
        </div>
      )}
      {action && (
        <ReasonForm kase={kase} audit={audit} finding={finding} action={action} onClose={() => setAction(null)} />
      )}
    </article>
  );
}
