import { Button, Modal, Radio } from 'antd';
import { useState } from 'react';
import type { LedgerItem } from '../api/types';
import { sentenceOf } from '../ledger/sentence';
import { Who } from '../people/Who';
import { EntryLink } from '../shell/links';
import { useWords } from '../words/useWords';
import type { DraftRow, Drafts } from './draft';
import { meetingsOf, settled, type Meeting } from './merge';

interface Props {
  drafts: Drafts;
  missed: LedgerItem[];
  onMerged: (drafts: Drafts) => void;
  onClose: () => void;
}

/** Yours, the ledger's, the result: what was entered meanwhile is looked at before anything is posted over it. */
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
  return (
    <Modal
      open
      width={900}
      title={t('clauses.merge.title')}
      onCancel={onClose}
      footer={
        <Button type="primary" onClick={() => onMerged(settled(drafts, meetings, keep))}>
          {t('clauses.merge.apply')}
        </Button>
      }
    >
      <div className="merge">
        <p>{t('clauses.merge.text', { count: missed.length })}</p>
        <div className="scroll preview" tabIndex={0}>
          <table className="plain">
            <thead>
              <tr>
                <th>{t('clauses.clause')}</th>
                <th>{t('clauses.merge.mine')}</th>
                <th>{t('clauses.merge.theirs')}</th>
                <th>{t('clauses.merge.result')}</th>
              </tr>
            </thead>
            <tbody>
              {meetings.map((meeting) => (
                <Line
                  key={meeting.clause}
                  meeting={meeting}
                  mine={keep.has(meeting.clause)}
                  onChoose={(mine) => choose(meeting.clause, mine)}
                />
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </Modal>
  );
}

function Line({ meeting, mine, onChoose }: { meeting: Meeting; mine: boolean; onChoose: (mine: boolean) => void }) {
  const words = useWords();
  const { t } = words;
  return (
    <tr>
      <td className="num">{meeting.clause || '–'}</td>
      <td>{meeting.mine ? <Draft row={meeting.mine} /> : <span className="quiet">–</span>}</td>
      <td>
        {meeting.theirs.map((item) => (
          <div key={item.seq}>
            <EntryLink seq={item.seq} /> {words.type(item.event.type)} {sentenceOf(item.event, words)}{' '}
            <span className="quiet">
              <Who actor={item.event.actorid} />
            </span>
          </div>
        ))}
      </td>
      <td>
        {meeting.mine ? (
          <Radio.Group
            aria-label={`${t('clauses.merge.result')} ${meeting.clause}`}
            value={mine}
            onChange={(event) => onChoose(event.target.value as boolean)}
            options={[
              { value: true, label: t('clauses.merge.keep') },
              { value: false, label: t('clauses.merge.take') },
            ]}
          />
        ) : (
          <span className="quiet">{t('clauses.merge.untouched')}</span>
        )}
      </td>
    </tr>
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
