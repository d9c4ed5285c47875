import type { FullAudit, FullCase } from '../api/process';
import type { Case } from '../api/types';
import { NextSteps } from '../process/NextSteps';
import { EntryLink } from '../shell/links';
import { Empty, Loaded } from '../shell/States';
import { Bundle } from '../ledger/Bundle';
import { sentenceOf } from '../ledger/sentence';
import { VerifyCase } from '../ledger/VerifyCase';
import { minuteOf } from '../words/time';
import { useWords } from '../words/useWords';
import { useShownCase } from './CasePage';
import { missingOf } from './missing';
import { useAudit, useCaseEvents } from './queries';
import { Papers } from './Papers';
import { ScoreCard } from './ScoreCard';
import { Stages } from './Stages';
import { Team } from './Team';
import { Trend } from './Trend';

/** Where a case stands: score, steps, people, what is missing, what was entered last. */
export function Overview() {
  const { kase, audit: number } = useShownCase();
  const { t } = useWords();
  const audit = useAudit(kase.case, number);
  return (
    <>
      <section className="sheet">
        {number === 0 ? (
          <Standing kase={kase} audit={undefined} />
        ) : (
          <Loaded query={audit}>{(found) => <Standing kase={kase} audit={found} />}</Loaded>
        )}
      </section>
      <div className="columns">
        {number === 0 ? (
          <section className="sheet">
            <Empty title={t('case.noaudit')} hint={t('case.noaudit.hint')} />
          </section>
        ) : (
          <ScoreCard kase={kase} audit={number} />
        )}
        {number > 0 && <Trend id={kase.case} audit={number} />}
        <section className="sheet">
          <h2>{t('case.missing')}</h2>
          {number > 0 ? (
            <Loaded query={audit}>{(data) => <Missing list={missingOf(kase, data, t)} />}</Loaded>
          ) : (
            <Missing list={missingOf(kase, undefined, t)} />
          )}
          <Papers kase={kase} />
        </section>
        <section className="sheet">
          <h2>{t('case.team')}</h2>
          <Team kase={kase} audit={audit.data} />
        </section>
        <LastEntries kase={kase} />
        <Facts kase={kase} />
      </div>
    </>
  );
}

/** How far the case is, and what it waits for. */
function Standing({ kase, audit }: { kase: FullCase; audit: FullAudit | undefined }) {
  return (
    <>
      <Stages kase={kase} audit={audit} />
      <NextSteps kase={kase} audit={audit} />
    </>
  );
}

function Missing({ list }: { list: string[] }) {
  const { t } = useWords();
  if (list.length === 0) return <p className="quiet">{t('case.missing.none')}</p>;
  return (
    <ul className="missing">
      {list.map((each) => (
        <li key={each}>{each}</li>
      ))}
    </ul>
  );
}

function LastEntries({ kase }: { kase: Case }) {
  const words = useWords();
  const query = useCaseEvents(kase.case);
  return (
    <section className="sheet">
      <h2>{words.t('case.last')}</h2>
      <Loaded query={query}>
        {(items) => (
          <ol className="timeline-list">
            {items
              .slice(-7)
              .reverse()
              .map((item) => (
                <li key={item.seq}>
                  <EntryLink seq={item.seq} />
                  <span>
                    <strong>{words.type(item.event.type)}</strong>{' '}
                    <span className="quiet">{sentenceOf(item.event, words)}</span>
                  </span>
                  <span className="quiet small num">{minuteOf(item.event.time).slice(5)}</span>
                </li>
              ))}
          </ol>
        )}
      </Loaded>
    </section>
  );
}

function Facts({ kase }: { kase: Case }) {
  const { t, v } = useWords();
  const c = kase.certificate;
  const events = useCaseEvents(kase.case);
  return (
    <section className="sheet">
      <h2>{t('case.head')}</h2>
      <dl className="facts">
        <dt>{t('case.head')}</dt>
        <dd>
          <EntryLink seq={kase.as_of.seq} /> <span className="quiet num">{minuteOf(kase.as_of.recorded_at)}</span>
        </dd>
        <dt>{t('case.scheme')}</dt>
        <dd>
          {kase.scheme.id}@{kase.scheme.version}
        </dd>
        {kase.organization.uscc && (
          <>
            <dt>{t('case.uscc')}</dt>
            <dd className="mono">{kase.organization.uscc}</dd>
          </>
        )}
        <dt>{t('case.applied')}</dt>
        <dd className="num">{minuteOf(kase.applied_at)}</dd>
        {c && (
          <>
            <dt>{t('case.certificate')}</dt>
            <dd>
              <strong>{c.number}</strong> <span className="tag good">{v('state', c.status)}</span>
              <div className="quiet num">{t('case.valid', { from: c.valid_from, until: c.valid_until })}</div>
            </dd>
          </>
        )}
      </dl>
      {events.data && events.data.length > 0 && <VerifyCase seqs={events.data.map((item) => item.seq)} />}
      <Bundle id={kase.case} />
    </section>
  );
}
