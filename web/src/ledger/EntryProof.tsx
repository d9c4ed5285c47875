import { Button } from 'antd';
import { useState } from 'react';
import { getBytes } from '../api/client';
import { refusalOf } from '../api/problem';
import { hex, same, sha256, Refuted } from '../proof/bytes';
import { bundlePath, bundleWidth, recordsOf } from '../proof/bundles';
import { parseLeaf } from '../proof/leaf';
import { parsePolicy, type Judgement } from '../proof/policy';
import { parseTlogProof, verifyTlogProof } from '../proof/tlogproof';
import { leafHash } from '../proof/tree';
import { useWords } from '../words/useWords';

type State =
  | { kind: 'idle' }
  | { kind: 'busy' }
  | { kind: 'holds'; judgement: Judgement; path: string[] }
  | { kind: 'refuted'; message: string }
  | { kind: 'waiting' }
  | { kind: 'none' };

/** Proves in the browser that the entry is in the sealed tree: bytes → leaf → path → signed checkpoint. */
export function EntryProof({ seq, body }: { seq: number; body: Uint8Array }) {
  const { t } = useWords();
  const [state, setState] = useState<State>({ kind: 'idle' });
  const run = async () => {
    setState({ kind: 'busy' });
    setState(await prove(seq, body));
  };
  return (
    <section>
      <div className="head">
        <h2>{t('ledger.proof')}</h2>
        <span className="grow" />
        <Button size="small" onClick={() => void run()} loading={state.kind === 'busy'}>
          {t('ledger.proof.verify')}
        </Button>
      </div>
      <div role="status" data-proof={state.kind}>
        {state.kind === 'holds' && (
          <>
            <p className="good-text">✔ {t('ledger.proof.ok', { size: state.judgement.checkpoint.size })}</p>
            <p className="quiet">
              {state.judgement.checkpoint.origin} · {t('badge.witnesses')}
              {t('common.colon')}
              {state.judgement.cosignatures.map((c) => c.witness).join(t('common.and')) || t('badge.nowitness')}
            </p>
            <ol className="path mono">
              {state.path.map((hash) => (
                <li key={hash}>{hash}</li>
              ))}
            </ol>
          </>
        )}
        {state.kind === 'refuted' && (
          <p className="bad-text">✖ {t('common.of', { label: t('ledger.proof.bad'), value: state.message })}</p>
        )}
        {state.kind === 'waiting' && <p className="quiet">{t('ledger.proof.waiting')}</p>}
        {state.kind === 'none' && <p className="quiet">{t('ledger.proof.none')}</p>}
      </div>
    </section>
  );
}

async function prove(seq: number, body: Uint8Array): Promise<State> {
  try {
    const [proofBytes, policyBytes] = await Promise.all([getBytes(`/v1/events/${seq}/proof`), getBytes('/log/policy')]);
    const proof = parseTlogProof(proofBytes);
    if (proof.index !== seq - 1) throw new Refuted(`the proof is about #${proof.index + 1}`);
    const policy = await parsePolicy(new TextDecoder().decode(policyBytes));
    const record = await leafOf(seq, sizeIn(proof.checkpoint));
    if (!same(parseLeaf(record).body, await sha256(body))) throw new Refuted('the leaf is of other bytes');
    const judgement = await verifyTlogProof(proof, await leafHash(record), policy);
    return { kind: 'holds', judgement, path: proof.path.map(hex) };
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal.status === 425) return { kind: 'waiting' };
    if (refusal.status === 404) return { kind: 'none' };
    return { kind: 'refuted', message: refusal.problem.detail || refusal.message };
  }
}

/** The leaf record of the entry, out of its bundle in the tree of this size. */
async function leafOf(seq: number, size: number): Promise<Uint8Array> {
  const n = Math.floor((seq - 1) / bundleWidth);
  const width = Math.min(bundleWidth, size - n * bundleWidth);
  const record = recordsOf(await getBytes(`/log/${bundlePath(n, width)}`))[(seq - 1) % bundleWidth];
  if (!record) throw new Refuted('its bundle does not hold the leaf');
  return record;
}

function sizeIn(checkpoint: Uint8Array): number {
  return Number(new TextDecoder().decode(checkpoint).split('\n')[1]);
}
