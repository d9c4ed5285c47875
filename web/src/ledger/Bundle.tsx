import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { getBytes } from '../api/client';
import { refusalOf, type Refusal } from '../api/problem';
import { RefusalView } from '../shell/RefusalView';
import { useHas } from '../shell/session';
import { download } from '../table/csv';
import { useWords } from '../words/useWords';

const complete = [
  'assessor',
  'case_officer',
  'lead_auditor',
  'auditor',
  'reviewer',
  'decision_maker',
  'quality',
  'admin',
] as const;

/** The offline bundle of a case: everything to verify it on another machine, without us. */
export function Bundle({ id }: { id: string }) {
  const { t } = useWords();
  // The client's own copy holds the case alone; everybody else who may have one may have the whole.
  const profile = useHas(...complete) ? 'assessor' : 'client';
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const load = async () => {
    setBusy(true);
    setRefusal(null);
    try {
      const bytes = await getBytes(`/v1/cases/${id}/bundle?profile=${profile}`, 'application/zip');
      download(`starledger-${id}.zip`, bytes as BlobPart, 'application/zip');
    } catch (error) {
      setRefusal(refusalOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="bundle noprint">
      <Button icon={<DownloadOutlined aria-hidden />} loading={busy} onClick={() => void load()}>
        {t('case.bundle')}
      </Button>
      {refusal &&
        (refusal.problem.code === 'route-unknown' ? (
          <p className="quiet">{t('case.bundle.none')}</p>
        ) : (
          <RefusalView refusal={refusal} />
        ))}
    </div>
  );
}
