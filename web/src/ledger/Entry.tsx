import { useQuery } from '@tanstack/react-query';
import { Drawer } from 'antd';
import { getBytes } from '../api/client';
import type { LedgerEvent } from '../api/types';
import { Who } from '../people/Who';
import { hex, sha256 } from '../proof/bytes';
import { To } from '../shell/links';
import { Loaded } from '../shell/States';
import { secondOf } from '../words/time';
import { useWords } from '../words/useWords';
import { EntryProof } from './EntryProof';
import { Members } from './Members';
import { sentenceOf } from './sentence';
import './ledger.css';

interface Stored {
  event: LedgerEvent;
  text: string;
  bytes: Uint8Array;
  digest: string;
}

/** An entry: the sentence, who and when, its members, the bytes as they are stored, and the proof. */
export function Entry({ seq, onClose }: { seq: number; onClose: () => void }) {
  const { t } = useWords();
  const query = useQuery({
    queryKey: ['entry', seq],
    staleTime: Infinity,
    queryFn: async (): Promise<Stored> => {
      const bytes = await getBytes(`/v1/events/${seq}`);
      const text = new TextDecoder().decode(bytes);
      // The digest is of what arrived, not what the server says about it.
      return { event: JSON.parse(text) as LedgerEvent, text, bytes, digest: `sha256:${hex(await sha256(bytes))}` };
    },
  });
  return (
    <Drawer open onClose={onClose} title={t('ledger.entry', { seq })} width={Math.min(620, window.innerWidth - 24)}>
      <Loaded query={query}>{(stored) => <Shown seq={seq} stored={stored} />}</Loaded>
    </Drawer>
  );
}

function Shown({ seq, stored }: { seq: number; stored: Stored }) {
  const words = useWords();
  const { t, v, type } = words;
  const { event, text, bytes, digest } = stored;
  const inCase = event.subject.length === 26;
  return (
    <div className="panel">
      <section>
        <h2>{type(event.type)}</h2>
        <p>{sentenceOf(event, words)}</p>
      </section>
      <dl className="facts">
        <dt>{t('common.actor')}</dt>
        <dd>
          <Who actor={event.actorid} /> · {v('role', event.actorrole)}
        </dd>
        {event.onbehalfof && (
          <>
            <dt>{t('ledger.onbehalf')}</dt>
            <dd>{event.onbehalfof}</dd>
          </>
        )}
        <dt>{t('common.recorded')}</dt>
        <dd className="num">{secondOf(event.time)}</dd>
        <dt>{t('common.effective')}</dt>
        <dd className="num">{secondOf(event.effectivetime)}</dd>
        <dt>{t('ledger.case')}</dt>
        <dd>
          {inCase ? (
            <To path={`/cases/${event.subject}`} className="mono">
              {event.subject}
            </To>
          ) : (
            <span className="mono">{event.subject}</span>
          )}{' '}
          <span className="quiet num">
            #{event.caseseq}
            {event.caseseq === 1 && ` · ${t('ledger.first')}`}
          </span>
        </dd>
        <dt>{t('ledger.digest')}</dt>
        <dd className="mono break">{digest}</dd>
        <dt>{t('ledger.chain')}</dt>
        <dd className="mono break">{event.prevdigest}</dd>
      </dl>
      <Members data={event.data} />
      <EntryProof seq={seq} body={bytes} />
      <details>
        <summary>
          {t('ledger.raw')} · {t('ledger.bytes', { count: bytes.length })}
        </summary>
        <pre className="raw" tabIndex={0}>
          {text}
        </pre>
      </details>
      <details>
        <summary>{t('ledger.command')}</summary>
        <pre
          className="raw"
          tabIndex={0}
        >{`curl -s -H "Authorization: Bearer $TOKEN" ${location.origin}/v1/events/${seq} | sha256sum\n# ${digest.slice(7)}`}</pre>
      </details>
    </div>
  );
}
