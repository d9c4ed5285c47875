import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Refusal } from '../api/problem';
import type { LedgerItem } from '../api/types';
import { useWords } from '../words/useWords';
import { EntryLines, MergeView, MineOrTheirs, Untouched } from './MergeView';
import { RefusalView } from './RefusalView';

interface Props {
  refusal: Refusal;
  onRebase: () => void;
  onDismiss: () => void;
  /** What is about to be entered, and which entries touch it; without it none does. */
  mine?: { shown: ReactNode; touches: (item: LedgerItem) => boolean; onDrop: () => void };
}

/** A refusal of what was about to be entered. When the ledger moved on meanwhile, what it got is merged, and
 * the form goes on from there only by the hand of who fills it in. */
export function Refused({ refusal, onRebase, onDismiss, mine }: Props) {
  const { t } = useWords();
  const [taken, take] = useState(false);
  if (refusal.status !== 412) return <RefusalView refusal={refusal} />;
  const missed = refusal.problem.missed ?? [];
  const met = missed.filter((item) => mine?.touches(item));
  const others = missed.filter((item) => !met.includes(item));
  const lines = others.map((item) => ({
    key: String(item.seq),
    what: t('merge.others'),
    mine: <span className="quiet">–</span>,
    theirs: <EntryLines items={[item]} />,
    result: <Untouched />,
  }));
  if (mine && met.length > 0)
    lines.unshift({
      key: 'whole',
      what: t('merge.whole'),
      mine: <>{mine.shown}</>,
      theirs: <EntryLines items={met} />,
      result: <MineOrTheirs of={t('merge.whole')} mine={!taken} onChoose={(keep) => take(!keep)} />,
    });
  return (
    <MergeView
      what={t('merge.field')}
      missed={missed.length}
      lines={lines}
      onClose={onDismiss}
      footer={
        <Button type="primary" onClick={taken ? mine?.onDrop : onRebase}>
          {t(taken ? 'merge.drop' : 'merge.go')}
        </Button>
      }
    />
  );
}
