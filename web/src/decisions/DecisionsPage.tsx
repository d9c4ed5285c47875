import { Button } from 'antd';
import type { Audit, Case, Check, Standing } from '../api/types';
import { useShownCase } from '../cases/CasePage';
import { useAudit, useChecks } from '../cases/queries';
import { Grade } from '../score/Marks';
import { useAsOf } from '../shell/asof';
import { useOpenForm } from '../process/useOpenForm';
import { Who } from '../people/Who';
import { EntryLink, EntryLinks } from '../shell/links';
import { useSession } from '../shell/session';
import { Empty, Loaded } from '../shell/States';
import { minuteOf } from '../words/time';
import { useWords } from '../words/useWords';
import { duties, matrixOf, type DutyCell } from './duties';

export function DecisionsPage() {
  const { kase, audit: number } = useShownCase();
  const { t } = useWords();
  const audit = useAudit(kase.case, number);
  const checks = useChecks(kase.case);
  if (number === 0) return <Empty title={t('case.noaudit')} hint={t('case.noaudit.hint')} />;
  return (
    <Loaded query={audit} sheets={2}>
      {(found) => (
        <>
          <History kase={kase} audit={found} />
          <Matrix kase={kase} audit={found} />
          <section className="sheet">
            <h2>{t('decisions.gates')}</h2>
            <p className="quiet">{t('decisions.gates.hint')}</p>
            <Loaded query={checks}>{(items) => <Gates items={items} />}</Loaded>
          </section>
        </>
      )}
    </Loaded>
  );
}

function History({ kase, audit }: { kase: Case; audit: Audit & { etag: string } }) {
  const { t, v } = useWords();
  const session = useSession();
  const { past } = useAsOf();
  const open = useOpenForm();
  const granted = kase.decisions.some((d) => d.decision === 'grant' || d.decision === 'renew');
  const can: { step: 'report' | 'review' | 'decision'; shown: boolean }[] = [
    { step: 'report', shown: !audit.report && audit.team.some((m) => m.actor === session.actor && m.role === 'lead') },
    { step: 'review', shown: Boolean(audit.report) && session.roles.includes('reviewer') },
    { step: 'decision', shown: session.roles.includes('decision_maker') },
  ];
  return (
    <section className="sheet">
      <div className="head">
        <h2>{t('decisions.history')}</h2>
        <span className="grow" />
        {!past && granted && session.roles.includes('case_officer') && (
          <Button type="primary" onClick={() => open({ form: 'certificate' })}>
            {t('decisions.certificate')}
          </Button>
        )}
        {!past &&
          can
            .filter((c) => c.shown)
            .map((c) => (
              <Button key={c.step} type="primary" onClick={() => open({ form: c.step })}>
                {t(`form.${c.step}`)}
              </Button>
            ))}
      </div>
      {!audit.report && !audit.review && kase.decisions.length === 0 && <Empty title={t('decisions.none')} />}
      <table className="plain">
        <tbody>
          {audit.report && (
            <Line
              name={v('type', 'audit.reported')}
              what={v('decision', audit.report.recommendation)}
              standing={audit.report.standing}
              entry={audit.report.entry}
              text={audit.report.summary}
            />
          )}
          {audit.review && (
            <Line
              name={v('type', 'audit.reviewed')}
              what={v('outcome', audit.review.outcome)}
              standing={audit.review.standing}
              entry={audit.review.entry}
              text={audit.review.entry.reason}
            />
          )}
          {kase.decisions.map((d) => (
            <Line
              key={d.entry.seq}
              name={v('type', 'decision.made')}
              what={v('decision', d.decision)}
              standing={d.standing}
              entry={d.entry}
              text={d.entry.reason}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface LineProps {
  name: string;
  what: string;
  standing: Standing | undefined;
  entry: { seq: number; actor: string; effective_at: string };
  text: string | undefined;
}

function Line({ name, what, standing, entry, text }: LineProps) {
  const { t } = useWords();
  return (
    <tr>
      <td>
        <EntryLink seq={entry.seq} />
      </td>
      <td>
        <strong>{name}</strong> <span className="tag brand">{what}</span>
        <div className="clause-text quiet">{text}</div>
      </td>
      <td className="num">
        {standing && (
          <>
            <span title={standing.final.fraction}>{standing.final.value}</span> <Grade grade={standing.grade} />
            <div className="quiet small">
              {standing.final.fraction} · {t('decisions.basis', { seq: standing.basis_seq })}
            </div>
          </>
        )}
      </td>
      <td className="num nowrap">
        <Who actor={entry.actor} />
        <div className="quiet small">{minuteOf(entry.effective_at)}</div>
      </td>
    </tr>
  );
}

function Matrix({ kase, audit }: { kase: Case; audit: Audit }) {
  const { t } = useWords();
  const session = useSession();
  const rows = matrixOf(kase, audit);
  return (
    <section className="sheet">
      <h2>{t('decisions.duties')}</h2>
      <p className="quiet">{t('decisions.duties.hint')}</p>
      <div className="scroll" tabIndex={0}>
        <table className="plain">
          <thead>
            <tr>
              <th>{t('common.actor')}</th>
              {duties.map((duty) => (
                <th key={duty}>{t(`decisions.duty.${duty}`)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...rows].map(([actor, cells]) => (
              <tr key={actor}>
                <td>
                  <Who actor={actor} /> {actor === session.actor && <span className="tag brand">{t('signin.as')}</span>}
                </td>
                {duties.map((duty) => (
                  <td key={duty}>
                    <Duty cell={cells[duty]} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Duty({ cell }: { cell: DutyCell }) {
  const { t } = useWords();
  if (cell.did) {
    return (
      <span className="nowrap">
        <span aria-label={t('decisions.did')}>✓</span> <EntryLink seq={cell.did} />
      </span>
    );
  }
  if (cell.barred) {
    return (
      <span className="loss nowrap" title={t('decisions.disqualified', { seq: cell.barred })}>
        × <EntryLink seq={cell.barred} />
      </span>
    );
  }
  return <span className="quiet">–</span>;
}

function Gates({ items }: { items: Check[] }) {
  const { t } = useWords();
  const order = { fail: 0, warn: 1, pass: 2, not_applicable: 3 };
  const tone = { fail: 'bad', warn: 'loss', pass: 'good', not_applicable: '' };
  return (
    <table className="plain">
      <tbody>
        {[...items]
          .sort((a, b) => order[a.outcome] - order[b.outcome])
          .map((check) => (
            <tr key={check.code}>
              <td className="nowrap">{check.code}</td>
              <td>
                <span className={`tag ${tone[check.outcome]}`}>{t(`checks.outcome.${check.outcome}`)}</span>
              </td>
              <td>
                {check.name}
                {check.detail && <div className="loss">{check.detail}</div>}
              </td>
              <td>
                <EntryLinks seqs={check.events} />
              </td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}
