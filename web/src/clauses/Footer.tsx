import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { Exact, Score } from '../api/types';
import { compare, exactOf, fractionOf, subtract, zero } from '../score/fraction';
import { Delta, Grade } from '../score/Marks';
import { useWords } from '../words/useWords';

interface Props {
  standing: Score;
  score: Score;
  busy: boolean;
  drafted: number;
  incomplete: number;
  onPost?: () => void;
  onDiscard?: () => void;
}

/** earned ÷ involved × 100 − specials + bonus = final, as the server computes it with the drafts. */
export function Footer({ standing, score, busy, drafted, incomplete, onPost, onDiscard }: Props) {
  const { t } = useWords();
  const change = exactOf(subtract(fractionOf(score.final.fraction), fractionOf(standing.final.fraction)));
  const flash = useFlash(score.final);
  return (
    <div className="grid-footer" aria-live="polite" aria-busy={busy}>
      <div className="formula num" title={t('clauses.footer')}>
        <Part label={t('case.earned')} value={score.earned} />
        <span>÷</span>
        <Part label={t('case.involved')} value={score.involved} />
        <span>× 100 −</span>
        <Part label={t('score.specials')} value={score.special_deductions.points} />
        <span>+</span>
        <Part label={t('case.bonus')} value={score.bonus.points} />
        <span>=</span>
        <span
          className={`final${flash ? ' flash' : ''}`}
          data-final={score.final.value}
          title={t('score.exact', { fraction: score.final.fraction })}
        >
          <small>{drafted > 0 ? t('clauses.whatif') : t('score.final')}</small>
          <b>{score.final.value}</b>
        </span>
        <span className="graded">
          <Grade grade={score.grade?.id} provisional={score.provisional} />
          {score.passed === false && <span className="tag bad">{t('score.failed')}</span>}
          <small className="quiet">
            {score.progress.assessed}/{score.progress.involved}
            {score.provisional && ` ${t('case.provisional')}`}
          </small>
        </span>
        {compare(fractionOf(change.fraction), zero) !== 0 && <Delta delta={change} />}
      </div>
      <span className="grow" />
      {onPost && (
        <div className="head">
          <span className="quiet" role="status">
            {drafted === 0
              ? t('clauses.draft.none')
              : incomplete > 0
                ? t('clauses.incomplete', { count: incomplete })
                : t('clauses.draft', { count: drafted })}
          </span>
          {drafted > 0 && (
            <Button type="text" onClick={onDiscard}>
              {t('clauses.draft.discard')}
            </Button>
          )}
          <Button type="primary" disabled={drafted - incomplete === 0} onClick={onPost}>
            {t('clauses.post', { count: drafted - incomplete })}
          </Button>
        </div>
      )}
    </div>
  );
}

function Part({ label, value }: { label: string; value: string }) {
  return (
    <span className="part">
      <small>{label}</small>
      {value}
    </span>
  );
}

/** True for a moment after the value changed. */
function useFlash(value: Exact): boolean {
  const [on, setOn] = useState(false);
  const before = useRef(value.fraction);
  useEffect(() => {
    if (before.current === value.fraction) return;
    before.current = value.fraction;
    setOn(true);
    const timer = window.setTimeout(() => setOn(false), 900);
    return () => window.clearTimeout(timer);
  }, [value.fraction]);
  return on;
}
