import { Button, Modal } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { postText } from '../api/client';
import { refusalOf, type Refusal } from '../api/problem';
import type { Page, Posted, Rehearsal } from '../api/types';
import { sentenceOf } from '../ledger/sentence';
import { RefusalView } from '../shell/RefusalView';
import { Waiting } from '../shell/States';
import { useWords } from '../words/useWords';
import type { Drafted } from './commands';
import type { DraftBook } from './useDrafts';

interface Props {
  id: string;
  list: Drafted[];
  book: DraftBook;
  onClose: () => void;
  onPosted: (posted: Posted[]) => void;
  onStale: (refusal: Refusal) => void;
}

/** Preview by dry run, then one confirm that posts everything as one batch. */
export function PostDialog({ id, list, book, onClose, onPosted, onStale }: Props) {
  const { t } = useWords();
  const text = JSON.stringify({ commands: list.map((drafted) => drafted.command) });
  const path = `/v1/cases/${id}/batch`;
  const [rehearsals, setRehearsals] = useState<Rehearsal[] | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const confirm = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (rehearsals) confirm.current?.focus();
  }, [rehearsals]);

  const refused = (error: unknown) => {
    const found = refusalOf(error);
    if (found.status === 412) onStale(found);
    else setRefusal(found);
  };
  useEffect(() => {
    let gone = false;
    postText<Page<Rehearsal>>(path, { text, dryRun: true, ifMatch: book.basis }).then(
      ({ data }) => !gone && setRehearsals(data.items),
      (error: unknown) => !gone && refused(error),
    );
    return () => {
      gone = true;
    };
    // Asked once, for what was drafted when the dialog opened.
  }, []);

  const send = async () => {
    setBusy(true);
    setRefusal(null);
    const { text: body, key, ifMatch } = book.prepare(text);
    try {
      const { data } = await postText<Page<Posted>>(path, { text: body, key, ifMatch });
      book.settle(true);
      onPosted(data.items);
    } catch (error) {
      const found = refusalOf(error);
      // Without an answer it may have been entered: the same request has to be sent again, under its key.
      if (found.status !== 0 && found.status !== 503 && found.status !== 401) book.settle(false);
      refused(error);
    } finally {
      setBusy(false);
    }
  };
  const clauses = new Set(list.map((drafted) => drafted.clause)).size;
  const index = refusal?.problem.index;
  return (
    <Modal
      open
      title={t('clauses.post.title')}
      onCancel={onClose}
      width={780}
      footer={[
        <Button key="back" onClick={onClose}>
          {t('common.back')}
        </Button>,
        <Button
          key="post"
          type="primary"
          loading={busy}
          disabled={!rehearsals && !book.pending}
          onClick={() => void send()}
          ref={confirm}
        >
          {refusal?.status === 0 ? t('common.retry') : t('common.confirm')}
        </Button>,
      ]}
    >
      <p className="quiet">{t('clauses.post.summary', { clauses, events: list.length })}</p>
      {refusal && (
        <RefusalView refusal={refusal}>
          {index !== undefined && list[index] && (
            <p>
              {t('clauses.clause')} <strong>{list[index].clause}</strong>
            </p>
          )}
        </RefusalView>
      )}
      {!rehearsals && !refusal && <Waiting />}
      {rehearsals && <Preview rehearsals={rehearsals} />}
    </Modal>
  );
}

function Preview({ rehearsals }: { rehearsals: Rehearsal[] }) {
  const words = useWords();
  const { t, v, type } = words;
  const before = rehearsals[0]?.before;
  const after = rehearsals.at(-1)?.after;
  return (
    <>
      <p className="preview-score num">
        {t('clauses.post.changed')} <b>{before?.final ?? '–'}</b> → <b>{after?.final ?? '–'}</b>{' '}
        {after?.provisional ? <span className="tag">{t('case.provisional')}</span> : v('grade', after?.grade)}
      </p>
      <div className="scroll preview" tabIndex={0}>
        <table className="plain">
          <thead>
            <tr>
              <th>#</th>
              <th>{t('ledger.type')}</th>
              <th>{t('ledger.sentence')}</th>
              <th className="right">{t('cases.score')}</th>
            </tr>
          </thead>
          <tbody>
            {rehearsals.map((r, i) => (
              <tr key={r.event.id}>
                <td className="quiet num">{i + 1}</td>
                <td className="nowrap">{type(r.event.type)}</td>
                <td>
                  {sentenceOf(r.event, words)}
                  {r.warnings.map((w) => (
                    <div key={w.code} className="loss small">
                      {w.code} · {w.message}
                    </div>
                  ))}
                </td>
                <td className="right">{r.after?.final === r.before?.final ? '' : r.after?.final}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
