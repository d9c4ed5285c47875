import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { get } from '../api/client';
import type { Page } from '../api/types';
import { Who } from '../people/Who';
import { useAsOf } from '../shell/asof';
import { CommandDialog } from '../shell/CommandDialog';
import { EntryLink } from '../shell/links';
import { useHas } from '../shell/session';
import { Empty, Loaded } from '../shell/States';
import { useWords } from '../words/useWords';
import { GrantedCases } from './GrantedCases';
import { GrantForm } from './GrantForm';
import { standingOf, type Grant } from './grants';

/** Who outside the body may read what, and until when: every grant that was ever made. */
export function Grants() {
  const { t } = useWords();
  const { past } = useAsOf();
  const administers = useHas('admin') && !past;
  const query = useGrants();
  const [making, setMaking] = useState(false);
  const [ending, setEnding] = useState<Grant | null>(null);
  return (
    <section className="sheet">
      <div className="head">
        <h2>{t('settings.part.grants')}</h2>
        <span className="grow" />
        {administers && (
          <Button type="primary" onClick={() => setMaking(true)}>
            {t('grants.make')}
          </Button>
        )}
      </div>
      <p className="quiet">{t('grants.hint')}</p>
      <Loaded query={query}>
        {({ grants, etag }) => (
          <>
            {grants.length === 0 ? (
              <Empty title={t('grants.none')} />
            ) : (
              <Table grants={grants} onEnd={administers ? setEnding : undefined} />
            )}
            {ending && <RevokeForm grant={ending} etag={etag} onClose={() => setEnding(null)} />}
          </>
        )}
      </Loaded>
      {making && <GrantForm onClose={() => setMaking(false)} />}
    </section>
  );
}

function Table({ grants, onEnd }: { grants: Grant[]; onEnd?: (grant: Grant) => void }) {
  const { t } = useWords();
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  return (
    <div className="scroll" tabIndex={0}>
      <table className="plain">
        <thead>
          <tr>
            <th>{t('findings.number')}</th>
            <th>{t('common.actor')}</th>
            <th>{t('grants.cases')}</th>
            <th>{t('grants.from')}</th>
            <th>{t('grants.until')}</th>
            <th>{t('common.reason')}</th>
            <th>{t('cases.state')}</th>
            <th>#</th>
          </tr>
        </thead>
        <tbody>
          {grants.map((g) => {
            const standing = standingOf(g, today);
            return (
              <tr key={g.grant} data-grant={standing}>
                <td>{g.grant}</td>
                <td>
                  <Who actor={g.actor} />
                </td>
                <td>{g.cases === 'all' ? t('common.all') : <GrantedCases ids={g.cases} />}</td>
                <td className="num nowrap">{g.from}</td>
                <td className="num nowrap">{g.until}</td>
                <td>
                  {g.entry.reason}
                  {g.revoked && <div className="quiet">{g.revoked.reason}</div>}
                </td>
                <td className="nowrap">
                  <span className={`tag ${standing === 'standing' ? 'good' : ''}`}>{t(`grants.${standing}`)}</span>{' '}
                  {standing !== 'revoked' && standing !== 'over' && onEnd && (
                    <Button size="small" onClick={() => onEnd(g)}>
                      {t('grants.revoke')}
                    </Button>
                  )}
                </td>
                <td className="nowrap">
                  <EntryLink seq={g.entry.seq} /> {g.revoked && <EntryLink seq={g.revoked.seq} />}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function RevokeForm({ grant, etag, onClose }: { grant: Grant; etag?: string; onClose: () => void }) {
  const { t } = useWords();
  const [reason, setReason] = useState('');
  return (
    <CommandDialog
      title={`${t('grants.revoke')} · ${grant.grant}`}
      id="access"
      to={`/v1/grants/${grant.grant}/revocation`}
      body={reason.trim() ? { reason: reason.trim() } : null}
      etag={etag}
      onClose={onClose}
    >
      <p className="quiet">
        <Who actor={grant.actor} /> · {grant.from} – {grant.until}
      </p>
      <label>
        {t('common.reason')}
        <textarea className="native" value={reason} onChange={(event) => setReason(event.target.value)} />
      </label>
    </CommandDialog>
  );
}

function useGrants() {
  return useQuery({
    queryKey: ['lists', 'grants'],
    queryFn: async ({ signal }) => {
      const { data, etag } = await get<Page<Grant>>('/v1/grants', {}, signal);
      return { grants: [...data.items].reverse(), etag: etag ?? undefined };
    },
  });
}
