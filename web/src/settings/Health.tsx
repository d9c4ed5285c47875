import { useQuery } from '@tanstack/react-query';
import { get } from '../api/client';
import type { Integrity } from '../ledger/integrity';
import { EntryLink } from '../shell/links';
import { Loaded } from '../shell/States';
import { secondOf } from '../words/time';
import { useWords } from '../words/useWords';

/** How the ledger is, in the operator's own words: sealing, copies, witnesses, and the pass that reads every
 * stored byte again. */
export function Health() {
  const { t } = useWords();
  const query = useQuery({
    queryKey: ['lists', 'integrity'],
    refetchInterval: 5_000,
    queryFn: async ({ signal }) => (await get<Integrity>('/v1/integrity', {}, signal)).data,
  });
  return (
    <Loaded query={query}>
      {(data) => (
        <section className="sheet">
          <div className="head">
            <h2>{t('settings.part.health')}</h2>
            <span className={`tag ${data.sound ? 'good' : 'bad'}`} data-sound={data.sound}>
              {data.sound ? `✓ ${t('health.sound')}` : `✖ ${t('health.unsound')}`}
            </span>
          </div>
          <p className="quiet">{t('health.hint')}</p>
          {data.incident && (
            <div className="refusal" role="alert">
              <h3>{t('health.incident')}</h3>
              <p>
                {data.incident.detail} {data.incident.lowest_bad && <EntryLink seq={data.incident.lowest_bad} />}
              </p>
            </div>
          )}
          <dl className="facts">
            <dt>{t('badge.origin')}</dt>
            <dd>{data.origin}</dd>
            <dt>{t('health.last')}</dt>
            <dd className="num">#{data.last}</dd>
            <dt>{t('badge.sealed')}</dt>
            <dd className="num">
              #{data.sealed.size} {data.sealed.at && <span className="quiet">· {secondOf(data.sealed.at)}</span>}
              <div className="mono break quiet">{data.sealed.root}</div>
            </dd>
            {data.published && (
              <>
                <dt>{t('health.published')}</dt>
                <dd className="num">
                  #{data.published.size}{' '}
                  {data.published.at && <span className="quiet">· {secondOf(data.published.at)}</span>}
                </dd>
              </>
            )}
            <dt>{t('health.lag')}</dt>
            <dd className="num">
              {t('health.lag.value', { events: data.lag.events, seconds: data.lag.seconds })}
              {data.lag.held_up && <span className="loss"> {t('health.lag.held')}</span>}
            </dd>
            <dt>{t('health.archive')}</dt>
            <dd className="num">#{data.archive.size}</dd>
            <dt>{t('health.scrub')}</dt>
            <dd>
              <Scrub data={data} />
            </dd>
            {data.time_sandwich && (
              <>
                <dt>{t('health.sandwich')}</dt>
                <dd className="num">
                  {secondOf(data.time_sandwich.earliest)} – {secondOf(data.time_sandwich.latest)}{' '}
                  <span className={data.time_sandwich.outside > 0 ? 'loss' : 'quiet'}>
                    {t('health.outside', { count: data.time_sandwich.outside })}
                  </span>{' '}
                  {data.time_sandwich.lowest_outside && <EntryLink seq={data.time_sandwich.lowest_outside} />}
                </dd>
              </>
            )}
            <dt>{t('health.configuration')}</dt>
            <dd>
              {data.configuration.drift.length > 0 ? (
                <span className="loss">{data.configuration.drift.join(t('common.semi'))}</span>
              ) : (
                t('health.configuration.ok')
              )}
              {data.configuration.checked_at && (
                <span className="quiet num"> · {secondOf(data.configuration.checked_at)}</span>
              )}
            </dd>
          </dl>
          <h2 className="spaced">{t('badge.witnesses')}</h2>
          {data.witnesses.length === 0 ? <p className="quiet">{t('badge.nowitness')}</p> : <Witnesses data={data} />}
        </section>
      )}
    </Loaded>
  );
}

function Scrub({ data }: { data: Integrity }) {
  const { t } = useWords();
  const { verified, rate, full_pass_at: full } = data.verification;
  return (
    <div className="scrub">
      <progress max={Math.max(1, data.last)} value={verified} aria-label={t('health.scrub')} />
      <span className="num">
        #{verified} / #{data.last} <span className="quiet">{t('health.rate', { rate })}</span>
      </span>
      {full && (
        <span className="quiet num">
          {t('health.full')} {secondOf(full)}
        </span>
      )}
    </div>
  );
}

function Witnesses({ data }: { data: Integrity }) {
  const { t } = useWords();
  return (
    <table className="plain">
      <tbody>
        {data.witnesses.map((w) => (
          <tr key={w.name}>
            <td>{w.name}</td>
            <td>
              <span className={`tag ${w.state === 'cosigned' ? 'good' : w.state === 'incident' ? 'bad' : 'loss'}`}>
                {t(`witness.${w.state}`)}
              </span>
            </td>
            <td className="num">
              #{w.size} {w.at && <span className="quiet">· {secondOf(w.at)}</span>}
            </td>
            <td className="quiet">{w.detail}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
