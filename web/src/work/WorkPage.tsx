import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense } from 'react';
import { useSearchParams } from 'react-router-dom';
import { addDays, today, useDeadlines } from '../calendar/queries';
import { useOpenForm } from '../process/useOpenForm';
import { useAsOf } from '../shell/asof';
import { ErrorView } from '../shell/RefusalView';
import { useHas, useSession } from '../shell/session';
import { Waiting as Loading } from '../shell/States';
import { useWords } from '../words/useWords';
import { useDraftList } from './drafts';
import { BarredList, DraftList, DueList, FindingList, StepList } from './lists';
import { mostCases, useStage, useWork } from './useWork';
import './work.css';

const OpenForm = lazy(() => import('../process/OpenForm').then((m) => ({ default: m.OpenForm })));

/** How far ahead deadlines are shown, in days. */
const ahead = 45;

/** What the person who is signed in has to do: the page everybody begins with. */
export function WorkPage() {
  const { t } = useWords();
  const session = useSession();
  const { past } = useAsOf();
  const [search] = useSearchParams();
  const open = useOpenForm();
  const officer = useHas('case_officer');
  const evaluates = useHas('auditor', 'lead_auditor');
  const work = useWork();
  const drafts = useDraftList();
  const due = useDeadlines('', addDays(today(), ahead));
  const correcting = useStage('correcting', evaluates);
  const raised = useStage('raised', officer);
  const rejected = useStage('rejected', officer);
  const toVerify = (correcting.data ?? []).filter((f) => work.teams.get(f.case)?.includes(session.actor));
  const toCorrect = [...(rejected.data ?? []), ...(raised.data ?? [])];
  const count = work.mine.length + drafts.length + toVerify.length + toCorrect.length;
  const name = session.name ?? session.actor;
  return (
    <>
      <div className="head">
        <h1>{t('work.title')}</h1>
        <span className="quiet" role="status">
          {work.pending ? '' : t(count > 0 ? 'work.hello' : 'work.hello.none', { name, count })}
        </span>
        <span className="grow" />
        {officer && !past && (
          <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => open({ form: 'open-case' })}>
            {t('work.new')}
          </Button>
        )}
      </div>
      {work.error && <ErrorView error={work.error} />}
      <div className="work">
        <section className="sheet">
          <h2>
            {t('work.steps')} <Count of={work.mine.length} />
          </h2>
          {work.pending ? <Loading /> : <StepList list={work.mine} />}
          {work.some && <p className="quiet small">{t('work.some', { count: mostCases })}</p>}
        </section>
        <section className="sheet">
          <h2>
            {t('work.due')} <Count of={due.data?.length ?? 0} />
          </h2>
          {due.error ? <ErrorView error={due.error} /> : <DueList list={due.data} days={ahead} />}
        </section>
        {evaluates && (
          <section className="sheet">
            <h2>
              {t('work.verify')} <Count of={toVerify.length} />
            </h2>
            <FindingList list={toVerify} form="verification" />
          </section>
        )}
        {officer && (
          <section className="sheet">
            <h2>
              {t('work.correct')} <Count of={toCorrect.length} />
            </h2>
            <FindingList list={toCorrect} form="correction" />
          </section>
        )}
        <section className="sheet">
          <h2>
            {t('work.drafts')} <Count of={drafts.length} />
          </h2>
          <DraftList list={drafts} />
        </section>
        {work.barred.length > 0 && (
          <section className="sheet">
            <h2>
              {t('work.barred')} <Count of={work.barred.length} />
            </h2>
            <BarredList list={work.barred} />
          </section>
        )}
      </div>
      {search.has('form') && (
        <Suspense>
          <OpenForm />
        </Suspense>
      )}
    </>
  );
}

function Count({ of }: { of: number }) {
  return of > 0 ? <span className="count num">{of}</span> : null;
}
