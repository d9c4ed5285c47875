import { Button, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useWords } from '../words/useWords';
import { Previewed } from './Previewed';
import type { usePosting } from './usePosting';

interface Props {
  title: string;
  posting: ReturnType<typeof usePosting>;
  /** The form is complete. */
  ready: boolean;
  wide?: boolean;
  onClose: () => void;
  /** What became of the last attempt, where it was refused. */
  refused: ReactNode;
  children: ReactNode;
}

/** The frame of whatever is posted: the form, or what it would enter, and the buttons that lead on. */
export function PostingDialog({ title, posting, ready, wide = false, onClose, refused, children }: Props) {
  const { t } = useWords();
  const { preview, refusal, busy, rehearse, confirm, back } = posting;
  return (
    <Modal
      open
      title={title}
      onCancel={onClose}
      width={wide ? 720 : 640}
      className={wide ? 'form-dialog' : ''}
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
              <Button key="preview" type="primary" loading={busy} disabled={!ready} onClick={() => void rehearse()}>
                {t('common.preview')}
              </Button>,
            ]
      }
    >
      <div className="command">
        {preview ? <Previewed rehearsals={preview} /> : children}
        {refused}
      </div>
    </Modal>
  );
}
