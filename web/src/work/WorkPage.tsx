import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense } from 'react';
import { useSearchParams } from 'react-router-dom';
import { addDays, today, useDeadlines } from '../calendar/queries';
import { useOpenForm } from '../process/useOpenForm';
import { useAsOf } from '../shell/asof';
import { ErrorView } from '../shell/RefusalView';
import { useHas, useSession } from '../shell/session';
import { Loaded, Waiting as Loading } from '../shell/States';
import { useWords } from '../words/useWords';
import { useDraftList } from './drafts';
import { BarredList, DraftList, DueList, FindingList, StepList } from './lists';
import { partOf, useStage, useWork } from './useWork';
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
  const correcting = useStage('correcting', { enabled: evaluates, mine: true });
  const raised = useStage('raised', { enabled: officer, mine: false });
  const rejected = useStage('rejected', { enabled: officer, mine: false });
  const steps = partOf(work.data);
  const mine = { ...steps, items: steps.items.filter((row) => !row.barred) };
  const barred = steps.items.filter((row) => row.barred);
  const toVerify = partOf(correcting.data);
  const toCorrect = partOf(rejected.data, raised.data);
  const count = mine.items.length + drafts.length + toVerify.items.length + toCorrect.items.length;
  const name = session.name ?? session.actor;
  return (
    <>
      <div className="head">
        <h1>{t('work.title')}</h1>
        <span className="quiet" role="status">
          {work.isPending ? '' : t(count > 0 ? 'work.hello' : 'work.hello.none', { name, count })}
        </span>
        <span className="grow" />
        {officer && !past && (
          <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => open({ form: 'open-case' })}>
            {t('work.new')}
          </Button>
        )}
      </div>
      <div className="work">
        <section className="sheet">
          <h2>
            {t('work.steps')} <Count of={mine.items.length} more={mine.more} />
          </h2>
          {work.error ? (
            <ErrorView error={work.error} onRetry={() => void work.refetch()} />
          ) : work.isPending ? (
            <Loading />
          ) : (
            <StepList list={mine.items} />
          )}
          {mine.more && <p className="quiet small">{t('work.some', { count: steps.items.length })}</p>}
        </section>
        <section className="sheet">
          <h2>
            {t('work.due')} <Count of={due.data?.length ?? 0} />
          </h2>
          {due.error ? (
            <ErrorView error={due.error} onRetry={() => void due.refetch()} />
          ) : (
            <DueList list={due.data} days={ahead} />
          )}
        </section>
        {evaluates && (
          <section className="sheet">
            <h2>
              {t('work.verify')} <Count of={toVerify.items.length} more={toVerify.more} />
            </h2>
            <Loaded query={correcting}>{() => <FindingList list={toVerify.items} form="verification" />}</Loaded>
          </section>
        )}
        {officer && (
          <section className="sheet">
            <h2>
              {t('work.correct')} <Count of={toCorrect.items.length} more={toCorrect.more} />
            </h2>
            <Loaded query={rejected}>
              {() => <Loaded query={raised}>{() => <FindingList list={toCorrect.items} form="correction" />}</Loaded>}
            </Loaded>
          </section>
        )}
        <section className="sheet">
          <h2>
            {t('work.drafts')} <Count of={drafts.length} />
          </h2>
          <DraftList list={drafts} />
        </section>
        {barred.length > 0 && (
          <section className="sheet">
            <h2>
              {t('work.barred')} <Count of={barred.length} />
            </h2>
            <BarredList list={barred} />
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

function Count({ of, more = false }: { of: number; more?: boolean }) {
  if (of === 0) return null;
  return (
    <span className="count num">
      {of}
      {more && '+'}
    </span>
  );
}
