import type { Mark } from '../api/types';
import { compare, fractionOf } from '../score/fraction';
import { useWords } from '../words/useWords';

/** 93.10 → 92.47，仍为四星级 */
export function ScoreMove({ before, after }: { before: Mark; after: Mark }) {
  const { t, v } = useWords();
  const name = (mark: Mark) => (mark.grade ? v('grade', mark.grade) : t('grade.none'));
  const moved = before.final !== after.final;
  const change = before.grade === after.grade ? 'grade.stays' : up(before, after) ? 'grade.rises' : 'grade.falls';
  return (
    <p className="num preview-line" data-move={`${before.final} ${after.final}`}>
      {t('cases.score')} <b>{before.final}</b>
      {moved && (
        <>
          {' → '}
          <b>{after.final}</b>
        </>
      )}
      {t('grade.comma')}
      {t(change, { grade: name(after) })}
      {after.provisional && <span className="tag">{t('case.provisional')}</span>}
    </p>
  );
}

function up(before: Mark, after: Mark): boolean {
  return compare(fractionOf(after.final), fractionOf(before.final)) > 0;
}
