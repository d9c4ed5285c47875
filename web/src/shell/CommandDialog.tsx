import { Button, Modal } from 'antd';
import type { ReactNode } from 'react';
import type { Posted } from '../api/types';
import { useWords } from '../words/useWords';
import { Previewed } from './Previewed';
import { Refused } from './Refused';
import { useTell } from './Told';
import { usePosting } from './usePosting';

interface Props {
  title: string;
  id: string;
  /** The path below the case; what is no part of a case is posted to an address of its own. */
  path?: string;
  to?: string;
  /** The body as it stands; null while the form is not complete. */
  body: Record<string, unknown> | null;
  etag?: string;
  /** What has to be there before the rehearsal. */
  prepare?: () => Promise<void>;
  onClose: () => void;
  onPosted?: (posted: Posted) => void;
  children: ReactNode;
}

/** Form → preview (dry run: the event, score before and after) → confirm → entered. */
export function CommandDialog({ title, id, path, to, body, etag, prepare, onClose, onPosted, children }: Props) {
  const { t } = useWords();
  const tell = useTell();
  const { preview, refusal, busy, rehearse, confirm, rebase, back, dismiss } = usePosting({
    id,
    to: to ?? `/v1/cases/${id}/${path}`,
    body,
    etag,
    prepare,
    onPosted: ([posted]) => {
      tell(t('common.posted', { seq: posted?.seq ?? '' }));
      onClose();
      if (posted) onPosted?.(posted);
    },
  });
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
              <Button key="back" onClick={back}>
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
        {preview ? <Previewed rehearsals={preview} /> : children}
        {refusal && <Refused refusal={refusal} onRebase={rebase} onDismiss={dismiss} />}
      </div>
    </Modal>
  );
}
