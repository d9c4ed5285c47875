import { Button, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { newKey, postText } from '../api/client';
import { refusalOf, type Refusal } from '../api/problem';
import type { Posted, Rehearsal } from '../api/types';
import { sentenceOf } from '../ledger/sentence';
import { useWords } from '../words/useWords';
import { EntryLinks } from './links';
import { RefusalView } from './RefusalView';

interface Props {
  title: string;
  id: string;
  /** The path below the case. */
  path: string;
  /** The body as it stands; null while the form is not complete. */
  body: Record<string, unknown> | null;
  etag: string;
  onClose: () => void;
  children: ReactNode;
}

/** Form → preview (dry run: the event, score before and after) → confirm → entered. The form stays as it
 * is through every refusal; a retry after no answer sends the same request under the same key. */
export function CommandDialog({ title, id, path, body, etag, onClose, children }: Props) {
  const { t } = useWords();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [sent, setSent] = useState<{ text: string; key: string } | null>(null);
  const [seen, setSeen] = useState(etag);
  const [preview, setPreview] = useState<Rehearsal | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const to = `/v1/cases/${id}/${path}`;

  const attempt = async (run: () => Promise<void>) => {
    setBusy(true);
    setRefusal(null);
    try {
      await run();
    } catch (error) {
      setRefusal(refusalOf(error));
    } finally {
      setBusy(false);
    }
  };
  const rehearse = () =>
    attempt(async () => {
      const { data } = await postText<Rehearsal>(to, { text: JSON.stringify(body), dryRun: true, ifMatch: seen });
      setPreview(data);
    });
  const confirm = () =>
    attempt(async () => {
      const text = JSON.stringify(body);
      const given = sent?.text === text ? sent : { text, key: newKey() };
      setSent(given);
      const { data } = await postText<Posted>(to, { ...given, ifMatch: seen });
      void message.success(t('common.posted', { seq: data.seq }));
      await queries.invalidateQueries({ queryKey: ['case', id] });
      onClose();
    });
  /** The missed entries were shown; going on from them is a new request. */
  const rebase = () => {
    const last = refusal?.problem.missed?.at(-1)?.event.caseseq;
    if (last) setSeen(`"${last}"`);
    setSent(null);
    setRefusal(null);
    setPreview(null);
    void queries.invalidateQueries({ queryKey: ['case', id] });
  };

  return (
    <Modal
      open
      title={title}
      onCancel={onClose}
      width={640}
      maskClosable={false}
      footer={
        preview
          ? [
              <Button key="back" onClick={() => setPreview(null)}>
                {t('common.back')}
              </Button>,
              <Button key="confirm" type="primary" loading={busy} onClick={() => void confirm()}>
                {refusal?.status === 0 ? t('common.retry') : t('common.confirm')}
              </Button>,
            ]
          : [
              <Button key="cancel" onClick={onClose}>
                {t('common.cancel')}
              </Button>,
              <Button key="preview" type="primary" loading={busy} disabled={!body} onClick={() => void rehearse()}>
                {t('common.preview')}
              </Button>,
            ]
      }
    >
      <div className="command">
        {preview ? <Previewed rehearsal={preview} /> : children}
        {refusal && (
          <RefusalView refusal={refusal}>
            {refusal.status === 412 && (
              <>
                <EntryLinks seqs={refusal.problem.missed?.map((item) => item.seq) ?? []} />
                <div>
                  <Button onClick={rebase}>{t('clauses.merge.keep')}</Button>
                </div>
              </>
            )}
          </RefusalView>
        )}
      </div>
    </Modal>
  );
}

function Previewed({ rehearsal }: { rehearsal: Rehearsal }) {
  const words = useWords();
  const { t, v, type } = words;
  const { event, before, after, warnings } = rehearsal;
  return (
    <>
      <h3>{type(event.type)}</h3>
      <p>{sentenceOf(event, words)}</p>
      {before && after && (
        <p className="num preview-line">
          {t('cases.score')} <b>{before.final}</b> → <b>{after.final}</b> ·{' '}
          {after.grade ? v('grade', after.grade) : t('grade.none')}
        </p>
      )}
      {warnings.map((w) => (
        <p key={w.code} className="loss">
          {w.code} · {w.message}
        </p>
      ))}
    </>
  );
}
