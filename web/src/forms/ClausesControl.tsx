import type { Scheme } from '../api/types';
import { useWords } from '../words/useWords';

interface Props {
  value: string[];
  scheme: Scheme | undefined;
  onChange: (value: string[]) => void;
}

/** Some of the clauses of a scheme, chapter by chapter. */
export function ClausesControl({ value, scheme, onChange }: Props) {
  const { t, named } = useWords();
  const chosen = new Set(value);
  const set = (ids: string[], on: boolean) => {
    const next = new Set(chosen);
    for (const id of ids) on ? next.add(id) : next.delete(id);
    onChange((scheme?.clauses ?? []).map((c) => c.id).filter((id) => next.has(id)));
  };
  return (
    <div className="clause-ticks" tabIndex={0} aria-label={t('field.clauses')} role="group">
      {scheme?.chapters.map((chapter) => {
        const clauses = scheme.clauses.filter((c) => c.chapter === chapter.id).map((c) => c.id);
        const all = clauses.every((id) => chosen.has(id));
        return (
          <fieldset key={chapter.id}>
            <legend>
              <label>
                <input type="checkbox" checked={all} onChange={(event) => set(clauses, event.target.checked)} />{' '}
                {chapter.id} {named(chapter.title)}
              </label>
            </legend>
            {clauses.map((id) => (
              <label key={id} className="num">
                <input type="checkbox" checked={chosen.has(id)} onChange={(event) => set([id], event.target.checked)} />{' '}
                {id}
              </label>
            ))}
          </fieldset>
        );
      })}
    </div>
  );
}
