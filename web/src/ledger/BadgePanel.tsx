import { useQuery } from '@tanstack/react-query';
import { Button, Drawer, Progress } from 'antd';
import { get } from '../api/client';
import { EntryLink } from '../shell/links';
import { RefusalView } from '../shell/RefusalView';
import { refusalOf } from '../api/problem';
import { secondOf } from '../words/time';
import { useWords } from '../words/useWords';
import { badgeText } from './LedgerBadge';
import type { Watch } from './useWatch';
import { useVerification, type Verification } from './verification';
import type { Integrity } from './integrity';
import './ledger.css';

/** What was verified, when, by whom, and what that does not prove. */
export function BadgePanel({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const { verification, watch, start, stop } = useVerification();
  const running = verification.state === 'running';
  return (
    <Drawer open onClose={onClose} title={t('badge.title')} width={480} destroyOnHidden>
      <div className="panel">
        <section>
          <div className="head">
            <h2>{t('badge.browser')}</h2>
            <span className="grow" />
            {running ? (
              <Button onClick={stop}>{t('badge.stop')}</Button>
            ) : (
              <Button type="primary" onClick={start}>
                {t('badge.start')}
              </Button>
            )}
          </div>
          <Result verification={verification} />
          <p className="quiet">{t('badge.what')}</p>
          <p className="quiet">{t('badge.not')}</p>
        </section>
        <Pinned watch={watch} />
        <ServerSays />
      </div>
    </Drawer>
  );
}

function Result({ verification }: { verification: Verification }) {
  const words = useWords();
  const { t } = words;
  if (verification.state === 'unknown') return null;
  if (verification.state === 'running') {
    const { done = 0, total = 0 } = verification.progress ?? {};
    return (
      <Progress
        percent={total === 0 ? 0 : Math.min(100, Math.round((done / total) * 100))}
        aria-label={t('badge.title')}
      />
    );
  }
  if (verification.state === 'failed') return <p className="loss">{verification.message}</p>;
  if (verification.state === 'withheld') {
    return (
      <div className="refusal" role="alert">
        <h3>{t('alarm.withheld')}</h3>
        <p className="mono break">{verification.message}</p>
      </div>
    );
  }
  if (verification.state === 'broken') {
    return (
      <div className="refusal" role="alert">
        <h3>{badgeText(verification, words)}</h3>
        <p>{verification.message}</p>
        {verification.seq > 0 && <EntryLink seq={verification.seq} />}
      </div>
    );
  }
  const { verified, at } = verification;
  return (
    <dl className="facts">
      <dt>{t('badge.done')}</dt>
      <dd>
        {badgeText(verification, words)} · {t('badge.bodies', { count: verified.entries })}
      </dd>
      <dt>{t('badge.when')}</dt>
      <dd className="num">{secondOf(at)}</dd>
      <dt>{t('badge.checkpoint')}</dt>
      <dd>
        {verified.checkpoint ? (
          <>
            {verified.checkpoint.origin} · {verified.checkpoint.size}
            <div className="mono break">{verified.checkpoint.root}</div>
          </>
        ) : (
          t('badge.noproof')
        )}
      </dd>
      <dt>{t('badge.witnesses')}</dt>
      <dd>{verified.witnesses.map((w) => w.witness).join(t('common.and')) || t('badge.nowitness')}</dd>
    </dl>
  );
}

/** What this browser holds the log to, and when it last did. */
function Pinned({ watch }: { watch: Watch }) {
  const { t } = useWords();
  const { memory, alarming, offline } = watch;
  return (
    <section>
      <div className="head">
        <h2>{t('badge.pinned')}</h2>
        <span className="grow" />
        <Button onClick={watch.look}>{t('badge.look')}</Button>
      </div>
      {memory ? (
        <dl className="facts" data-pinned={memory.key}>
          <dt>{t('badge.origin')}</dt>
          <dd>{memory.origin}</dd>
          <dt>{t('badge.key')}</dt>
          <dd className="mono break">{memory.key}</dd>
          <dt>{t('badge.pinnedat')}</dt>
          <dd className="num">{secondOf(memory.pinnedAt)}</dd>
          <dt>{t('badge.seen')}</dt>
          <dd className="num">
            #{memory.size} · {secondOf(memory.seenAt)}{' '}
            {alarming ? <span className="bad-text">✖ {t(`alarm.${alarming.alarm}`)}</span> : t('badge.seen.ok')}
            {offline && <div className="loss">{t('badge.offline.since', { at: secondOf(offline) })}</div>}
          </dd>
        </dl>
      ) : (
        <p className="quiet">{t('badge.noproof')}</p>
      )}
      <p className="quiet">{t('badge.pinned.not')}</p>
    </section>
  );
}

function ServerSays() {
  const { t } = useWords();
  const { data, error } = useQuery({
    queryKey: ['lists', 'integrity'],
    retry: false,
    queryFn: async ({ signal }) => (await get<Integrity>('/v1/integrity', {}, signal)).data,
  });
  if (error) {
    const refusal = refusalOf(error);
    return refusal.status === 404 ? <p className="quiet">{t('badge.noproof')}</p> : <RefusalView refusal={refusal} />;
  }
  if (!data) return null;
  return (
    <section>
      <h2>{t('badge.server')}</h2>
      <dl className="facts">
        <dt>{t('badge.sealed')}</dt>
        <dd className="num">
          #{data.sealed.size} / #{data.last}
          {data.sealed.at && <span className="quiet"> · {secondOf(data.sealed.at)}</span>}
        </dd>
        <dt>{t('badge.witnesses')}</dt>
        <dd>{data.witnesses.map((w) => w.name).join(t('common.and')) || t('badge.nowitness')}</dd>
        {data.verification.full_pass_at && (
          <>
            <dt>{t('badge.done')}</dt>
            <dd className="num">
              #{data.verification.verified} · {secondOf(data.verification.full_pass_at)}
            </dd>
          </>
        )}
      </dl>
      {data.incident && (
        <div className="refusal" role="alert">
          <p>{data.incident.detail}</p>
        </div>
      )}
    </section>
  );
}
