import { memo } from 'react';
import type { ClauseScore, Scheme, Score } from '../api/types';
import { stateIcon, type ClauseState } from '../clauses/standing';
import { Footer } from '../clauses/Footer';
import { Loaded } from '../shell/States';
import { useWords } from '../words/useWords';
import { useScore } from './queries';
import '../clauses/clauses.css';

/** The clauses and the calculation as they were after an entry. */
export function ReplayedScore({
  id,
  audit,
  seq,
  scheme,
}: {
  id: string;
  audit: number;
  seq: number;
  scheme: Scheme | undefined;
}) {
  const { t } = useWords();
  const query = useScore(id, audit, `seq:${seq}`);
  return (
    <section className="sheet" data-replayed={query.data?.as_of.seq}>
      <h2>{t('clauses.title')}</h2>
      <Loaded query={query}>
        {(score) => (
          <>
            <Map score={score} scheme={scheme} />
            <Footer standing={score} score={score} busy={query.isPlaceholderData} drafted={0} incomplete={0} />
          </>
        )}
      </Loaded>
    </section>
  );
}

/** All clauses at a glance: one small field each, by chapter. */
const Map = memo(function Map({ score, scheme }: { score: Score; scheme: Scheme | undefined }) {
  const { named } = useWords();
  const clauses = score.clauses ?? [];
  const chapters = scheme?.chapters ?? [];
  const chapterOf = (id: string) => scheme?.clauses.find((c) => c.id === id)?.chapter;
  return (
    <div className="clause-map">
      {chapters.map((chapter) => (
        <div key={chapter.id}>
          <h3>
            {chapter.id} <span className="quiet">{named(chapter.title)}</span>
          </h3>
          <ul>
            {clauses
              .filter((c) => chapterOf(c.clause) === chapter.id)
              .map((c) => (
                <Field key={c.clause} clause={c} />
              ))}
          </ul>
        </div>
      ))}
    </div>
  );
});

function stateOf(c: ClauseScore): ClauseState {
  if (c.deleted) return 'deleted';
  if (c.earned.value !== c.points) return 'deducted';
  return c.assessed ? 'conforming' : 'open';
}

const Field = memo(
  function Field({ clause }: { clause: ClauseScore }) {
    const state = stateOf(clause);
    return (
      <li className={`field ${state}`} title={`${clause.clause}  ${clause.formula}`}>
        <span>{clause.clause}</span>
        <span aria-hidden>{stateIcon[state]}</span>
        <span className="num">{clause.deleted ? '' : `${clause.earned.value}/${clause.points}`}</span>
      </li>
    );
  },
  (a, b) => a.clause.earned.fraction === b.clause.earned.fraction && stateOf(a.clause) === stateOf(b.clause),
);
