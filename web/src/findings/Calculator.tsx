import type { Audit, Score, Scheme } from '../api/types';
import { useQuestion } from '../clauses/useQuestion';
import { placeholder } from '../clauses/commands';
import { beyond, lossFormula, lossOf } from '../sampling/deduct';
import { shown } from '../score/fraction';
import { ScoreMove } from '../shell/ScoreMove';
import { Choice } from '../table/Choice';
import { useWords } from '../words/useWords';
import { lacksOf, moves, questionOf, type FindingDraft } from './findingForm';

interface Props {
  id: string;
  audit: Audit;
  scheme: Scheme;
  standing: Score;
  form: FindingDraft;
  set: (change: Partial<FindingDraft>) => void;
}

/** What the finding costs: d of n as an exact fraction of the points, and the score with it, as the server
 * computes it. */
export function Calculator({ id, audit, scheme, standing, form, set }: Props) {
  const { t } = useWords();
  const commands = questionOf(form, audit, scheme, placeholder);
  const question = useQuestion(id, audit, commands, standing);
  const points = scheme.clauses.find((c) => c.id === form.clause)?.points ?? null;
  return (
    <section className="sheet calculator" aria-label={t('findings.calculator')}>
      <h2>{t('findings.calculator')}</h2>
      {scheme.method === 'rating' ? (
        <Numbered label={t('clauses.rating')} value={form.rating} onChange={(rating) => set({ rating })} />
      ) : (
        <>
          <label>
            {t('findings.deduct')}
            <Choice
              label={t('findings.deduct')}
              value={form.deduct}
              options={(['none', 'qualitative', 'sampled'] as const).map((value) => ({
                value,
                label: t(value === 'qualitative' ? 'findings.deduct.whole' : `findings.deduct.${value}`),
              }))}
              onChange={(deduct) => set({ deduct: deduct as FindingDraft['deduct'] })}
            />
          </label>
          {form.deduct === 'sampled' && <Sample form={form} set={set} points={points} />}
          {form.deduct === 'qualitative' && points && (
            <p className="formula-line num">
              {t('clauses.lost')} = <b>{points}</b>
            </p>
          )}
        </>
      )}
      <div aria-live="polite" aria-busy={question.busy} className="moved">
        {moves(form, scheme) && lacksOf(form, scheme).every((lack) => lack === 'statement') ? (
          <>
            <ScoreMove before={markOf(standing)} after={markOf(question.score)} />
            <p className="quiet small">{t('findings.calculator.hint')}</p>
          </>
        ) : (
          <p className="quiet">{t('findings.calculator.none')}</p>
        )}
        {question.refusal && <p className="loss">{question.refusal.problem.detail || t('refusal.unreachable')}</p>}
      </div>
    </section>
  );
}

function markOf(score: Score) {
  return { final: score.final.value, grade: score.grade?.id ?? null, provisional: score.provisional };
}

function Sample({ form, set, points }: { form: FindingDraft; set: Props['set']; points: string | null }) {
  const { t } = useWords();
  const loss = points ? lossOf(points, form) : null;
  return (
    <>
      <div className="three">
        <Numbered
          label={t('clauses.population.full')}
          value={form.population}
          onChange={(population) => set({ population })}
        />
        <Numbered label={t('clauses.size.full')} value={form.size} onChange={(size) => set({ size })} />
        <Numbered label={t('clauses.bad.full')} value={form.bad} onChange={(bad) => set({ bad })} />
      </div>
      {loss && points ? (
        <p className="formula-line num" data-loss={`${loss.n}/${loss.d}`}>
          {t('clauses.lost')} = {lossFormula(points, form, loss)} = <b>{shown(loss)}</b>
          {beyond(points, loss) && <span className="loss"> {t('findings.beyond', { points })}</span>}
        </p>
      ) : (
        <p className="quiet">{t('clauses.need.sample')}</p>
      )}
    </>
  );
}

function Numbered({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <label>
      {label}
      <input
        className="native num"
        inputMode="decimal"
        value={value}
        onChange={(event) => onChange(event.target.value.trim())}
      />
    </label>
  );
}
