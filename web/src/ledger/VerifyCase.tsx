import { SafetyOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { getBytes } from '../api/client';
import { refusalOf } from '../api/problem';
import { EntryLink } from '../shell/links';
import { useWords } from '../words/useWords';

type State =
  | { kind: 'idle' | 'waiting' | 'none' }
  | { kind: 'busy'; done: number }
  | { kind: 'holds'; count: number; size: number }
  | { kind: 'refuted'; seq: number; message: string };

/** Lets the browser itself verify the entries of a case: nothing that the server says of them is believed. */
export function VerifyCase({ seqs }: { seqs: number[] }) {
  const { t } = useWords();
  const [state, setState] = useState<State>({ kind: 'idle' });
  const run = async () => {
    setState({ kind: 'busy', done: 0 });
    setState(await verified(seqs, (done) => setState({ kind: 'busy', done })));
  };
  return (
    <div className="bundle noprint">
      <Button icon={<SafetyOutlined aria-hidden />} loading={state.kind === 'busy'} onClick={() => void run()}>
        {t('case.verify')}
      </Button>
      <div role="status" data-verified={state.kind}>
        {state.kind === 'idle' && <span className="quiet small">{t('case.verify.hint')}</span>}
        {state.kind === 'busy' && (
          <progress max={seqs.length} value={state.done} aria-label={t('case.verify')} className="verifying" />
        )}
        {state.kind === 'holds' && (
          <span className="good-text">✔ {t('case.verify.done', { count: state.count, size: state.size })}</span>
        )}
        {state.kind === 'refuted' && (
          <span className="bad-text">
            ✖ {t('case.verify.failed', { seq: state.seq })} <EntryLink seq={state.seq} />
            {t('common.colon')}
            {state.message}
          </span>
        )}
        {state.kind === 'waiting' && <span className="quiet">{t('ledger.proof.waiting')}</span>}
        {state.kind === 'none' && <span className="quiet">{t('ledger.proof.none')}</span>}
      </div>
    </div>
  );
}

async function verified(seqs: number[], told: (done: number) => void): Promise<State> {
  const [{ CaseRefuted, verifyCase }, { anchorOf }] = await Promise.all([import('./verifyCase'), import('./anchor')]);
  try {
    const reads = {
      anchor: anchorOf,
      log: (path: string) => getBytes(`/log/${path}`),
      event: (seq: number) => getBytes(`/v1/events/${seq}`),
    };
    return { kind: 'holds', ...(await verifyCase(seqs, reads, told)) };
  } catch (error) {
    if (error instanceof CaseRefuted) return { kind: 'refuted', seq: error.seq, message: error.message };
    const refusal = refusalOf(error);
    if (refusal.status === 425) return { kind: 'waiting' };
    if (refusal.status === 404) return { kind: 'none' };
    return { kind: 'refuted', seq: seqs.at(-1) ?? 0, message: refusal.problem.detail || refusal.message };
  }
}
