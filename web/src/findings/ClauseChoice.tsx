import type { Scheme } from '../api/types';
import { Star } from '../forms/Star';
import { Choice } from '../table/Choice';
import { useWords } from '../words/useWords';

interface Props {
  scheme: Scheme;
  value: string;
  onChange: (clause: string) => void;
  optional?: boolean;
}

/** A clause of the scheme, with its whole text below once it is chosen. */
export function ClauseChoice({ scheme, value, onChange, optional = false }: Props) {
  const { t } = useWords();
  const chosen = scheme.clauses.find((c) => c.id === value);
  return (
    <>
      <label>
        <span>
          {t('findings.clause')}
          {!optional && <Star />}
        </span>
        <Choice
          label={t('findings.clause')}
          value={value}
          options={[
            { value: '', label: t(optional ? 'common.none' : 'form.choose') },
            ...scheme.clauses.map((c) => ({ value: c.id, label: `${c.id} ${c.text.slice(0, 32)}` })),
          ]}
          onChange={onChange}
        />
      </label>
      {chosen && (
        <p className="clause-text quiet" lang="zh-CN">
          {chosen.text} <span className="num nowrap">{t('findings.points', { points: chosen.points ?? '–' })}</span>
        </p>
      )}
    </>
  );
}
