import type { ReactNode } from 'react';
import type { Posted } from '../api/types';
import { useWords } from '../words/useWords';
import { PostingDialog } from './PostingDialog';
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
  const posting = usePosting({
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
  const { refusal, rebase, dismiss } = posting;
  return (
    <PostingDialog
      title={title}
      posting={posting}
      ready={body !== null}
      onClose={onClose}
      refused={refusal && <Refused refusal={refusal} onRebase={rebase} onDismiss={dismiss} />}
    >
      {children}
    </PostingDialog>
  );
}
