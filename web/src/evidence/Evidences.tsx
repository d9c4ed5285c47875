import { DownloadOutlined, LoadingOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { refusalOf, type Refusal } from '../api/problem';
import type { Evidence } from '../api/types';
import { Refuted } from '../proof/bytes';
import { RefusalView } from '../shell/RefusalView';
import { download } from '../table/csv';
import { useWords } from '../words/useWords';
import { fetchStored } from './store';
import './evidence.css';

/** The evidence that an entry names. A download is held against the digest in the entry: other bytes are
 * not handed on, and it is said aloud. */
export function Evidences({ id, list }: { id: string; list: readonly Evidence[] | undefined }) {
  if (!list || list.length === 0) return null;
  return (
    <ul className="evidence-list">
      {list.map((each) => (
        <Item key={each.sha256} id={id} evidence={each} />
      ))}
    </ul>
  );
}

type State = 'idle' | 'busy' | 'same' | { wrong: string } | { refusal: Refusal };

function Item({ id, evidence }: { id: string; evidence: Evidence }) {
  const { t } = useWords();
  const [state, setState] = useState<State>('idle');
  const load = async () => {
    setState('busy');
    try {
      download(evidence.name, (await fetchStored(evidence.sha256, id)) as BlobPart, evidence.media_type);
      setState('same');
    } catch (error) {
      setState(error instanceof Refuted ? { wrong: error.message } : { refusal: refusalOf(error) });
    }
  };
  return (
    <li data-evidence={evidence.sha256}>
      <button className="link" onClick={() => void load()} title={evidence.sha256}>
        {state === 'busy' ? <LoadingOutlined aria-hidden /> : <DownloadOutlined aria-hidden />} {evidence.name}
      </button>
      <span role="status">
        {state === 'same' && <span className="good-text small">✓ {t('evidence.same')}</span>}
        {typeof state === 'object' && 'wrong' in state && (
          <span className="bad-text">
            ✖ {t('evidence.other')} <span className="mono break">{state.wrong}</span>
          </span>
        )}
      </span>
      {typeof state === 'object' && 'refusal' in state && <RefusalView refusal={state.refusal} brief />}
    </li>
  );
}
