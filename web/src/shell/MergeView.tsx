import { Modal, Radio } from 'antd';
import type { ReactNode } from 'react';
import type { LedgerItem } from '../api/types';
import { sentenceOf } from '../ledger/sentence';
import { Who } from '../people/Who';
import { useWords } from '../words/useWords';
import { EntryLink } from './links';

export interface MergeLine {
  key: string;
  what: ReactNode;
  mine: ReactNode;
  theirs: ReactNode;
  result: ReactNode;
}

interface Props {
  /** What the first column holds. */
  what: ReactNode;
  /** How many entries were missed. */
  missed: number;
  lines: MergeLine[];
  footer: ReactNode;
  onClose: () => void;
}

/** Yours, the ledger's, the result: what was entered meanwhile is looked at before anything is posted over it. */
export function MergeView({ what, missed, lines, footer, onClose }: Props) {
  const { t } = useWords();
  return (
    <Modal open width={900} title={t('clauses.merge.title')} onCancel={onClose} footer={footer} maskClosable={false}>
      <div className="merge">
        <p>{t('clauses.merge.text', { count: missed })}</p>
        <div className="scroll preview" tabIndex={0} role="region" aria-label={t('clauses.merge.title')}>
          <table className="plain">
            <thead>
              <tr>
                <th>{what}</th>
                <th>{t('clauses.merge.mine')}</th>
                <th>{t('clauses.merge.theirs')}</th>
                <th>{t('clauses.merge.result')}</th>
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => (
                <tr key={line.key} data-merge={line.key}>
                  <td>{line.what}</td>
                  <td>{line.mine}</td>
                  <td>{line.theirs}</td>
                  <td>{line.result}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </Modal>
  );
}

/** Entries as the ledger has them: number, what happened, who. */
export function EntryLines({ items }: { items: LedgerItem[] }) {
  const words = useWords();
  return (
    <>
      {items.map((item) => (
        <div key={item.seq}>
          <EntryLink seq={item.seq} /> {words.type(item.event.type)} {sentenceOf(item.event, words)}{' '}
          <span className="quiet">
            <Who actor={item.event.actorid} />
          </span>
        </div>
      ))}
    </>
  );
}

/** Which of the two is the result. */
export function MineOrTheirs({ of, mine, onChoose }: { of: string; mine: boolean; onChoose: (mine: boolean) => void }) {
  const { t } = useWords();
  return (
    <Radio.Group
      aria-label={`${t('clauses.merge.result')} ${of}`}
      value={mine}
      onChange={(event) => onChoose(event.target.value as boolean)}
      options={[
        { value: true, label: t('clauses.merge.keep') },
        { value: false, label: t('clauses.merge.take') },
      ]}
    />
  );
}

export function Untouched() {
  const { t } = useWords();
  return <span className="quiet">{t('clauses.merge.untouched')}</span>;
}
