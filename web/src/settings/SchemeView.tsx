import type { Scheme, SchemeRow } from '../api/types';
import { useScheme } from '../cases/queries';
import { Loaded } from '../shell/States';
import { Choice } from '../table/Choice';
import { useFilters } from '../table/useFilters';
import { useWords } from '../words/useWords';
import { SchemeDiff } from './SchemeDiff';

const names = ['against'] as const;

/** A version of a scheme, or what sets it apart from another one. */
export function SchemeView({ id, version, others }: { id: string; version: string; others: SchemeRow[] }) {
  const { t } = useWords();
  const query = useScheme(id, version);
  const filters = useFilters(names);
  const other = others.some((o) => o.version === filters.values.against) ? filters.values.against : '';
  return (
    <Loaded query={query}>
      {(scheme) => (
        <div className="stack spaced">
          <Parameters scheme={scheme} />
          {others.length === 0 ? (
            <p className="quiet">{t('settings.diff.none')}</p>
          ) : (
            <label>
              {t('settings.diff')}
              <Choice
                label={t('settings.diff')}
                value={other}
                options={[
                  { value: '', label: '–' },
                  ...others.map((o) => ({ value: o.version, label: `${o.id}@${o.version}` })),
                ]}
                onChange={(value) => filters.set('against', value)}
              />
            </label>
          )}
          {other ? <SchemeDiff id={id} a={other} b={version} /> : <Clauses scheme={scheme} />}
        </div>
      )}
    </Loaded>
  );
}

function Parameters({ scheme }: { scheme: Scheme }) {
  const { t, named } = useWords();
  const { limit } = scheme.special_deductions;
  return (
    <dl className="facts">
      <dt>{t('settings.source')}</dt>
      <dd lang="zh-CN">{scheme.source}</dd>
      <dt>{t('settings.limit')}</dt>
      <dd className="num">
        {limit.operator} {limit.count}
      </dd>
      <dt>{t('settings.minimum')}</dt>
      <dd className="num">{scheme.minimum}</dd>
      <dt>{t('settings.cap')}</dt>
      <dd className="num">{scheme.cap}</dd>
      <dt>{t('settings.grades')}</dt>
      <dd className="num">
        {scheme.grades.map((grade) => `${named(grade.name)} ≥ ${grade.min}`).join(t('common.and'))}
      </dd>
    </dl>
  );
}

function Clauses({ scheme }: { scheme: Scheme }) {
  const { t } = useWords();
  return (
    <table className="plain">
      <thead>
        <tr>
          <th>{t('clauses.clause')}</th>
          <th>{t('clauses.indicator')}</th>
          <th className="right">{t('clauses.points')}</th>
        </tr>
      </thead>
      <tbody>
        {scheme.clauses.map((clause) => (
          <tr key={clause.id}>
            <td className="num">{clause.id}</td>
            <td lang="zh-CN">{clause.text}</td>
            <td className="right">{clause.points ?? '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
