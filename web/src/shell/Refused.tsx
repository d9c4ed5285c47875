import { Button } from 'antd';
import type { Refusal } from '../api/problem';
import { sentenceOf } from '../ledger/sentence';
import { Who } from '../people/Who';
import { useWords } from '../words/useWords';
import { EntryLink } from './links';
import { RefusalView } from './RefusalView';

/** A refusal of what was about to be entered. When the ledger moved on meanwhile, what it got is shown, and
 * the form goes on from there only by the hand of who fills it in. */
export function Refused({ refusal, onRebase }: { refusal: Refusal; onRebase: () => void }) {
  const words = useWords();
  const { t } = words;
  const missed = refusal.problem.missed ?? [];
  return (
    <RefusalView refusal={refusal}>
      {refusal.status === 412 && (
        <>
          <p>{t('clauses.merge.text', { count: missed.length })}</p>
          <ul className="missed">
            {missed.map((item) => (
              <li key={item.seq}>
                <EntryLink seq={item.seq} /> {words.type(item.event.type)} {sentenceOf(item.event, words)}{' '}
                <span className="quiet">
                  <Who actor={item.event.actorid} />
                </span>
              </li>
            ))}
          </ul>
          <div>
            <Button onClick={onRebase}>{t('clauses.merge.keep')}</Button>
          </div>
        </>
      )}
    </RefusalView>
  );
}
