import { Button } from 'antd';
import { useState } from 'react';
import type { LedgerItem } from '../api/types';
import { EntryLines, MergeView, MineOrTheirs, Untouched, type MergeLine } from '../shell/MergeView';
import { useWords } from '../words/useWords';
import type { DraftRow, Drafts } from './draft';
import { meetingsOf, settled, type Meeting } from './merge';

interface Props {
  drafts: Drafts;
  missed: LedgerItem[];
  onMerged: (drafts: Drafts) => void;
  onClose: () => void;
}

/** The drafts of the grid beside what was entered on their clauses meanwhile. */
export function MergeDialog({ drafts, missed, onMerged, onClose }: Props) {
  const { t } = useWords();
  const meetings = meetingsOf(drafts, missed);
  const [keep, setKeep] = useState<ReadonlySet<string>>(new Set());
  const choose = (clause: string, mine: boolean) => {
    const next = new Set(keep);
    if (mine) next.add(clause);
    else next.delete(clause);
    setKeep(next);
  };
  const lineOf = (meeting: Meeting): MergeLine => ({
    key: meeting.clause,
    what: <span className="num">{meeting.clause || '–'}</span>,
    mine: meeting.mine ? <Draft row={meeting.mine} /> : <span className="quiet">–</span>,
    theirs: <EntryLines items={meeting.theirs} />,
    result: meeting.mine ? (
      <MineOrTheirs
        of={meeting.clause}
        mine={keep.has(meeting.clause)}
        onChoose={(mine) => choose(meeting.clause, mine)}
      />
    ) : (
      <Untouched />
    ),
  });
  return (
    <MergeView
      what={t('clauses.clause')}
      missed={missed.length}
      lines={meetings.map(lineOf)}
      onClose={onClose}
      footer={
        <Button type="primary" onClick={() => onMerged(settled(drafts, meetings, keep))}>
          {t('clauses.merge.apply')}
        </Button>
      }
    />
  );
}

function Draft({ row }: { row: DraftRow }) {
  const { t, v } = useWords();
  const words = {
    conforming: t('clauses.keys.conforming'),
    nonconforming: t('clauses.keys.nonconforming'),
    deleted: t('clauses.keys.deletion'),
  };
  const sample = row.size ? `${row.bad ?? '?'}/${row.size}` : '';
  const parts = [
    row.ruling && words[row.ruling],
    row.rating && `${row.rating}%`,
    v('method', row.method),
    sample,
    row.statement,
  ];
  return <>{parts.filter(Boolean).join(' · ')}</>;
}
