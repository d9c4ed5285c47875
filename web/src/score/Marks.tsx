import type { Exact, Mark } from '../api/types';
import { useWords } from '../words/useWords';
import { exactParts } from './fraction';
import './score.css';

/** How many stars a grade has; the plain grade has a dot. */
const stars: Record<string, number> = { qualified: 0, three_star: 3, four_star: 4, five_star: 5 };

export function Grade({ grade, provisional = false }: { grade: string | null | undefined; provisional?: boolean }) {
  const { t, v } = useWords();
  if (!grade) return <span className="quiet">{provisional ? t('case.provisional') : t('grade.none')}</span>;
  return (
    <span className="grade nowrap">
      <span className="stars" aria-hidden>
        {'★'.repeat(stars[grade] ?? 0)}
      </span>
      {v('grade', grade)}
    </span>
  );
}

/** A score in a column: the points stand below each other, so that lengths do not mislead. What is provisional
 * says so in the column of the grade. */
export function AlignedMark({ mark }: { mark: Mark | undefined }) {
  if (!mark) return <span className="quiet">–</span>;
  const [whole = '', part] = mark.final.split('.');
  return (
    <span className="num nowrap">
      {whole}
      <span className="decimals">{part && `.${part}`}</span>
    </span>
  );
}

/** Short form for lists. */
export function MarkText({ mark }: { mark: Mark | undefined }) {
  const { t } = useWords();
  if (!mark) return <span className="quiet">–</span>;
  return (
    <span className="num">
      {mark.final}
      {mark.provisional && <span className="quiet small"> {t('case.provisional')}</span>}
    </span>
  );
}

/** How many special deductions there are, and the limit (">= 5") in words. */
export function Specials({ count, limit }: { count: number; limit: string }) {
  const { t } = useWords();
  const word = limit.startsWith('>=') ? 'case.specials.from' : 'case.specials.over';
  return (
    <span className="num">
      {count} <span className="quiet small">{t(word, { limit: limit.replace(/\D+/, '') })}</span>
    </span>
  );
}

/** A change with its sign and arrow: gains ▲ blue, losses ▼ orange; red reads as good in China. */
export function Delta({ delta }: { delta: Exact }) {
  const { sign } = exactParts(delta);
  if (sign === 0) return <span className="quiet num">0</span>;
  const value = delta.value.replace(/^-/, '');
  return sign > 0 ? (
    <span className="gain num nowrap" title={delta.fraction}>
      ▲ +{value}
    </span>
  ) : (
    <span className="loss num nowrap" title={delta.fraction}>
      ▼ −{value}
    </span>
  );
}
