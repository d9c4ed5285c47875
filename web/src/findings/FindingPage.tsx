import { PrinterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useParams } from 'react-router-dom';
import type { Audit, Case, Entry, Finding, Scheme } from '../api/types';
import { useShownCase } from '../cases/CasePage';
import { useAudit, useScheme } from '../cases/queries';
import { Evidences } from '../evidence/Evidences';
import { Who } from '../people/Who';
import { lossFormula, lossOf } from '../sampling/deduct';
import { useAsOf } from '../shell/asof';
import { EntryLink, To } from '../shell/links';
import { Empty, Loaded } from '../shell/States';
import { minuteOf } from '../words/time';
import { useWords } from '../words/useWords';
import { FindingActions } from './FindingActions';
import { SimilarFindings } from './SimilarFindings';
import { stageOf } from './stage';
import './findings.css';

/** One finding as the paper has it: what was found, what it cost, each correction and its verification. */
export function FindingPage() {
  const { kase, audit: number } = useShownCase();
  const { finding: label = '' } = useParams();
  const { t } = useWords();
  const audit = useAudit(kase.case, number);
  const scheme = useScheme(audit.data?.scheme.id, audit.data?.scheme.version);
  if (number === 0) return <Empty title={t('case.noaudit')} />;
  return (
    <Loaded query={audit} sheets={2}>
      {(found) => {
        const finding = found.findings.find((f) => f.finding === label);
        if (!finding)
          return (
            <Empty title={t('findings.unknown', { finding: label })}>
              <To path={`/cases/${kase.case}/findings?audit=${number}`} className="as-button primary">
                {t('empty.back', { place: t('case.findings') })}
              </To>
            </Empty>
          );
        return (
          <div className="paper-page">
            <Paper kase={kase} audit={found} finding={finding} scheme={scheme.data} />
            <SimilarFindings clause={finding.clause} statement={finding.statement} except={finding.entry.seq} />
          </div>
        );
      }}
    </Loaded>
  );
}

interface Props {
  kase: Case;
  audit: Audit & { etag: string };
  finding: Finding;
  scheme: Scheme | undefined;
}

function Paper({ kase, audit, finding, scheme }: Props) {
  const { t, v } = useWords();
  const { past } = useAsOf();
  const clause = scheme?.clauses.find((c) => c.id === finding.clause);
  const stage = stageOf(finding, audit);
  return (
    <section className="sheet paper">
      <div className="head">
        <h2>
          {t('findings.form')} {finding.finding}
        </h2>
        <span className={`tag ${stage === 'closed' ? 'good' : stage === 'withdrawn' ? '' : 'loss'}`}>
          {t(`findings.${stage}`)}
        </span>
        <span className="grow" />
        <Button className="noprint" icon={<PrinterOutlined aria-hidden />} onClick={() => window.print()}>
          {t('common.print')}
        </Button>
      </div>
      <dl className="facts">
        <dt>{t('findings.audited')}</dt>
        <dd>{kase.organization.name}</dd>
        <dt>{t('case.days')}</dt>
        <dd className="num">
          {v('audit', audit.kind)} · {audit.starts_on} – {audit.ends_on}
        </dd>
        <dt>{t('findings.clause')}</dt>
        <dd>
          <span className="num">{finding.clause}</span>{' '}
          <span className="quiet" lang="zh-CN">
            {clause?.text}
          </span>
        </dd>
        <dt>{t('findings.category')}</dt>
        <dd>
          {v('category', finding.category)}
          {finding.severity && ` · ${v('severity', finding.severity)}`}
        </dd>
        <dt>{t('findings.statement')}</dt>
        <dd className="clause-text">
          {finding.statement}
          {finding.entry.note && <div className="quiet small">{finding.entry.note}</div>}
        </dd>
        <dt>{t('clauses.evidence')}</dt>
        <dd>{finding.evidence ? <Evidences id={kase.case} list={finding.evidence} /> : t('common.none')}</dd>
        <dt>{t('findings.auditor')}</dt>
        <dd>
          <By entry={finding.entry} />
        </dd>
        <dt>{t('findings.deduct')}</dt>
        <dd>
          <Deducted audit={audit} finding={finding} points={clause?.points ?? null} />
        </dd>
      </dl>
      <Steps kase={kase} audit={audit} finding={finding} />
      {!past && <FindingActions kase={kase} audit={audit} finding={finding} />}
    </section>
  );
}

function By({ entry }: { entry: Entry }) {
  const { v } = useWords();
  return (
    <>
      <Who actor={entry.actor} /> <span className="quiet">{v('role', entry.role)}</span> ·{' '}
      <span className="num">{minuteOf(entry.effective_at)}</span> <EntryLink seq={entry.seq} />
    </>
  );
}

function Deducted({ audit, finding, points }: { audit: Audit; finding: Finding; points: string | null }) {
  const { t, v } = useWords();
  const deductions = audit.deductions.filter((d) => d.finding === finding.finding);
  const specials = audit.special_deductions.filter((s) => s.finding === finding.finding);
  if (deductions.length === 0 && specials.length === 0) return <>{t('findings.deduct.none')}</>;
  return (
    <>
      {deductions.map((d) => {
        const counted = d.sample && { size: String(d.sample.size), bad: String(d.sample.nonconforming) };
        const loss = counted && points ? lossOf(points, counted) : null;
        return (
          <div key={d.deduction} className={d.revoked ? 'revoked' : ''}>
            <strong>{d.deduction}</strong>{' '}
            <span className="num loss">
              {counted && points && loss ? `▼ ${lossFormula(points, counted, loss)}` : t('findings.deduct.whole')}
            </span>{' '}
            <EntryLink seq={d.entry.seq} />
            {d.revoked && (
              <>
                {' '}
                <span className="tag">{v('type', 'deduction.revoked')}</span> <EntryLink seq={d.revoked.seq} />
              </>
            )}
          </div>
        );
      })}
      {specials.map((s) => (
        <div key={s.special} className={s.revoked ? 'revoked' : ''}>
          <strong>{s.special}</strong> {t('findings.special')} · {v('trigger', s.trigger)}{' '}
          <EntryLink seq={s.entry.seq} />
        </div>
      ))}
    </>
  );
}

/** Correction and verification, one step below the other; the paper's blanks are there while they are open. */
function Steps({ kase, audit, finding }: { kase: Case; audit: Audit; finding: Finding }) {
  const { t, v } = useWords();
  const corrections = audit.corrections.filter((c) => c.finding === finding.finding);
  return (
    <ol className="steps">
      {corrections.map((c) => (
        <li key={c.correction} className="done">
          <Step title={`${t('findings.correction')} ${c.correction}`} entry={c.entry}>
            <p className="clause-text">{c.statement}</p>
            <Evidences id={kase.case} list={c.evidence} />
          </Step>
          {c.verification ? (
            <Step title={t('findings.verify')} entry={c.verification.entry}>
              <p>
                <span className={`tag ${c.verification.outcome === 'accepted' ? 'good' : 'loss'}`}>
                  {v('outcome', c.verification.outcome)}
                </span>{' '}
                {c.verification.entry.reason}
              </p>
            </Step>
          ) : (
            <p className="quiet">{t('common.of', { label: t('findings.verify'), value: t('findings.pending') })}</p>
          )}
          {c.reopened && (
            <Step title={t('findings.reopen')} entry={c.reopened}>
              <p>{c.reopened.reason}</p>
            </Step>
          )}
        </li>
      ))}
      {corrections.length === 0 && !finding.withdrawn && finding.category === 'nonconformity' && (
        <li className="quiet">{t('common.of', { label: t('findings.correction'), value: t('findings.pending') })}</li>
      )}
      {finding.withdrawn && (
        <li>
          <Step title={t('findings.withdrawn')} entry={finding.withdrawn}>
            <p>{finding.withdrawn.reason}</p>
          </Step>
        </li>
      )}
    </ol>
  );
}

function Step({ title, entry, children }: { title: string; entry: Entry; children: ReactNode }) {
  return (
    <div className="step">
      <h3>{title}</h3>
      {children}
      <p className="quiet small">
        <By entry={entry} />
      </p>
    </div>
  );
}
