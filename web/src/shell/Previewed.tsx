import type { Rehearsal } from '../api/types';
import { sentenceOf } from '../ledger/sentence';
import { useWords } from '../words/useWords';
import { ScoreMove } from './ScoreMove';

/** What would be entered, in its order, and the score before and after. */
export function Previewed({ rehearsals }: { rehearsals: Rehearsal[] }) {
  const words = useWords();
  const { before } = rehearsals[0] ?? {};
  const { after } = rehearsals.at(-1) ?? {};
  return (
    <>
      {rehearsals.map(({ event, warnings }) => (
        <div key={event.id} className="previewed">
          <h3>{words.type(event.type)}</h3>
          <p>{sentenceOf(event, words)}</p>
          {warnings.map((w) => (
            <p key={w.code} className="loss">
              {w.code} · {w.message}
            </p>
          ))}
        </div>
      ))}
      {before && after && <ScoreMove before={before} after={after} />}
    </>
  );
}
