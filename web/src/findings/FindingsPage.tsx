import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useNavigate } from 'react-router-dom';
import type { Audit, Case, Finding } from '../api/types';
import { useShownCase } from '../cases/CasePage';
import { useAudit } from '../cases/queries';
import { useAsOf } from '../shell/asof';
import { useSession } from '../shell/session';
import { To, useTo } from '../shell/links';
import { Empty, Loaded } from '../shell/States';
import { useWords } from '../words/useWords';
import { FindingCard } from './FindingCard';
import { stageOf, stages, type Stage } from './stage';
import './findings.css';

export function FindingsPage() {
  const { kase, audit: number } = useShownCase();
  const { t } = useWords();
  const audit = useAudit(kase.case, number);
  if (number === 0) return <Empty title={t('case.noaudit')} hint={t('case.noaudit.hint')} />;
  return (
    <Loaded query={audit} sheets={2}>
      {(found) => <Board kase={kase} audit={found} />}
    </Loaded>
  );
}

/** Raised → correction → verification → closed, one column each. */
function Board({ kase, audit }: { kase: Case; audit: Audit & { etag: string } }) {
  const { t } = useWords();
  const session = useSession();
  const { past } = useAsOf();
  const navigate = useNavigate();
  const to = useTo();
  const member = audit.team.some((m) => m.actor === session.actor && (m.role === 'lead' || m.role === 'auditor'));
  const by = new Map<Stage, Finding[]>(stages.map((stage) => [stage, []]));
  for (const finding of audit.findings) by.get(stageOf(finding, audit))?.push(finding);
  return (
    <>
      <div className="head">
        <span className="quiet">{t('findings.count', { count: audit.findings.length })}</span>
        <span className="grow" />
        <To path={`/cases/${kase.case}/findings/samples?audit=${audit.audit}`} className="as-button primary">
          {t('sampling.title')}
        </To>
        {member && !past && (
          <Button
            type="primary"
            icon={<PlusOutlined aria-hidden />}
            onClick={() => navigate(to(`/cases/${kase.case}/findings/new?audit=${audit.audit}`))}
          >
            {t('findings.new')}
          </Button>
        )}
      </div>
      {audit.findings.length === 0 ? (
        <Empty title={t('findings.empty')} />
      ) : (
        <div className="board" tabIndex={0} aria-label={t('case.findings')}>
          {stages.map((stage) => (
            <section key={stage} aria-label={t(`findings.${stage}`)}>
              <h2>
                {t(`findings.${stage}`)} <span className="quiet num">{by.get(stage)?.length}</span>
              </h2>
              {by.get(stage)?.map((finding) => (
                <FindingCard key={finding.finding} kase={kase} audit={audit} finding={finding} writable={!past} />
              ))}
            </section>
          ))}
        </div>
      )}
    </>
  );
}
