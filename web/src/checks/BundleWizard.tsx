import { Button, Radio } from 'antd';
import { useState } from 'react';
import { getBytes } from '../api/client';
import { refusalOf, type Refusal } from '../api/problem';
import type { CaseRow } from '../api/types';
import { hex, sha256 } from '../proof/bytes';
import { RefusalView } from '../shell/RefusalView';
import { download } from '../table/csv';
import { useWords } from '../words/useWords';

type Profile = 'assessor' | 'client';
type Outcome = { digest: string; size: number } | { refusal: Refusal } | 'busy';

/** Which cases, for whom, then one file after the other: each with its digest, to be compared at home. */
export function BundleWizard({ rows }: { rows: CaseRow[] }) {
  const { t } = useWords();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [profile, setProfile] = useState<Profile>('assessor');
  const [since, setSince] = useState('');
  const [outcomes, setOutcomes] = useState<Record<string, Outcome>>({});
  const [busy, setBusy] = useState(false);
  const chosen = rows.filter((row) => !left.has(row.case));
  const more = /^[1-9]\d*$/.test(since) ? `&since=${since}` : '';
  const load = async () => {
    setBusy(true);
    setOutcomes({});
    for (const { case: id } of chosen) {
      const tell = (outcome: Outcome) => setOutcomes((now) => ({ ...now, [id]: outcome }));
      tell('busy');
      try {
        const bytes = await getBytes(`/v1/cases/${id}/bundle?profile=${profile}${more}`, 'application/zip');
        tell({ digest: hex(await sha256(bytes)), size: bytes.length });
        download(`starledger-${id}-${profile}.zip`, bytes as BlobPart, 'application/zip');
      } catch (error) {
        tell({ refusal: refusalOf(error) });
      }
    }
    setBusy(false);
  };
  return (
    <section className="sheet wizard">
      <h2>{t('review.part.bundles')}</h2>
      <Radio.Group
        aria-label={t('bundle.profile')}
        value={profile}
        onChange={(event) => setProfile(event.target.value as Profile)}
        options={[
          { value: 'assessor', label: t('bundle.assessor') },
          { value: 'client', label: t('bundle.client') },
        ]}
      />
      <p className="quiet">{t(`bundle.${profile}.hint`)}</p>
      <label className="since">
        {t('bundle.since')}
        <input
          className="native num"
          inputMode="numeric"
          value={since}
          onChange={(event) => setSince(event.target.value.trim())}
        />
      </label>
      <table className="plain">
        <tbody>
          {rows.map((row) => (
            <tr key={row.case}>
              <td>
                <label className="follow">
                  <input
                    type="checkbox"
                    checked={!left.has(row.case)}
                    onChange={(event) => {
                      const next = new Set(left);
                      if (event.target.checked) next.delete(row.case);
                      else next.add(row.case);
                      setLeft(next);
                    }}
                  />
                  {row.organization}
                </label>
              </td>
              <td className="mono break">{told(outcomes[row.case], t)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div>
        <Button type="primary" loading={busy} disabled={chosen.length === 0} onClick={() => void load()}>
          {t('bundle.load', { count: chosen.length })}
        </Button>
      </div>
      <pre className="raw" tabIndex={0}>
        {chosen
          .map((row) => `ledgerctl verify starledger-${row.case}-${profile}.zip --policy mine.txt --remember`)
          .join('\n')}
      </pre>
    </section>
  );
}

function told(outcome: Outcome | undefined, t: ReturnType<typeof useWords>['t']) {
  if (!outcome) return null;
  if (outcome === 'busy') return t('common.loading');
  if ('refusal' in outcome) return <RefusalView refusal={outcome.refusal} brief />;
  return (
    <span
      data-bundle={outcome.digest}
    >{`✔ ${t('ledger.bytes', { count: outcome.size })} sha256:${outcome.digest}`}</span>
  );
}
