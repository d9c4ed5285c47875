import type { Case, Scheme, Score } from '../api/types';
import { EntryLinks } from '../shell/links';
import type { Word } from '../words/glossary';
import { minuteOf } from '../words/time';
import { useWords } from '../words/useWords';
import { Grade } from './Marks';

/** The calculation as a paper: every step with its rule, formula and entries, then the clauses that lost points. */
export function Calculation({ kase, score, scheme }: { kase: Case; score: Score; scheme: Scheme }) {
  const { t, named } = useWords();
  const losing = score.clauses?.filter((c) => c.deleted || c.earned.value !== c.points) ?? [];
  return (
    <section className="sheet">
      <div className="head">
        <h2>{t('score.calculation')}</h2>
        <span className="quiet">
          {kase.organization.name} · #{score.as_of.seq} · {minuteOf(score.as_of.recorded_at)}
        </span>
      </div>
      <p className="quiet">{t('score.calculation.hint')}</p>
      <table className="plain">
        <thead>
          <tr>
            <th>{t('score.rule')}</th>
            <th />
            <th>{t('score.formulaword')}</th>
            <th className="right">{t('score.value')}</th>
            <th>{t('score.entries')}</th>
          </tr>
        </thead>
        <tbody>
          {score.steps?.map((step) => (
            <tr key={step.id}>
              <td className="quiet">{step.rule}</td>
              <td className="nowrap">
                <StepName id={step.id} />
              </td>
              <td className="num">{step.formula}</td>
              <td className="right">
                {step.id === 'grade' ? (
                  <Grade grade={score.grade?.id} provisional={score.provisional} />
                ) : (
                  step.value.value
                )}
              </td>
              <td>
                <EntryLinks seqs={step.events} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {losing.length > 0 && (
        <>
          <h3 className="spaced">{t('score.losses')}</h3>
          <table className="plain">
            <tbody>
              {losing.map((c) => (
                <tr key={c.clause}>
                  <td className="num">{c.clause}</td>
                  <td lang="zh-CN">{scheme.clauses.find((s) => s.id === c.clause)?.text}</td>
                  <td className="num nowrap">{c.deleted ? t('score.deleted') : c.formula}</td>
                  <td>
                    <EntryLinks seqs={c.events} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      <dl className="facts spaced">
        <dt>{t('case.scheme')}</dt>
        <dd>
          {named(scheme.title)} · {score.scheme.id}@{score.scheme.version}
        </dd>
        <dt>{t('score.digest')}</dt>
        <dd className="mono">{score.scheme.digest}</dd>
      </dl>
    </section>
  );
}

const names: Record<string, Word> = {
  involved: 'score.involved',
  earned: 'score.earned',
  normalised: 'score.normalised',
  special_deductions: 'score.specials',
  special_deduction_limit: 'settings.limit',
  bonus: 'score.bonus',
  uncapped: 'score.uncapped',
  final: 'score.final',
  grade: 'cases.grade',
};

function StepName({ id }: { id: string }) {
  const { t } = useWords();
  const word = names[id];
  return <>{word ? t(word) : id}</>;
}
