import { DownloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { get, getBytes } from '../api/client';
import type { CaseRow, Page } from '../api/types';
import { useHas } from '../shell/session';
import { Choice } from '../table/Choice';
import { download } from '../table/csv';
import { useWords } from '../words/useWords';

/** One case with everything to verify it offline, in the form for whom it is. */
export function BundleExport({ busy, onRun }: { busy: boolean; onRun: (make: () => Promise<void>) => void }) {
  const { t, v } = useWords();
  const assessor = useHas('assessor');
  const client = useHas('service_manager');
  const profiles = assessor ? ['assessor'] : client ? ['client'] : ['assessor', 'client'];
  const [id, setId] = useState('');
  const [profile, setProfile] = useState(profiles[0] ?? 'assessor');
  const cases = useQuery({
    queryKey: ['lists', 'cases', 'bundle'],
    queryFn: async () => (await get<Page<CaseRow>>('/v1/cases', { limit: 1000 })).data.items,
  });
  const chosen = id || (cases.data?.[0]?.case ?? '');
  return (
    <div className="bundle-choice">
      <Choice
        label={t('exchange.bundle.case')}
        value={chosen}
        options={(cases.data ?? []).map((row) => ({
          value: row.case,
          label: row.certificate ? `${row.organization} · ${row.certificate}` : row.organization,
        }))}
        onChange={setId}
      />
      <Choice
        label={t('exchange.bundle.profile')}
        value={profile}
        options={profiles.map((each) => ({ value: each, label: v('exchange.profile', each) }))}
        onChange={setProfile}
      />
      <Button
        icon={<DownloadOutlined aria-hidden />}
        loading={busy}
        disabled={!chosen}
        aria-label={`${t('exchange.download')} ${t('exchange.bundle')} ZIP`}
        onClick={() =>
          onRun(async () => {
            const bytes = await getBytes(`/v1/cases/${chosen}/bundle?profile=${profile}`, 'application/zip');
            download(`starledger-${chosen}-${profile}.zip`, bytes as BlobPart, 'application/zip');
          })
        }
      >
        ZIP
      </Button>
    </div>
  );
}
