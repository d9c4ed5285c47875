import type { Case, Score, Scheme } from '../api/types';
import { compare, fractionOf, shown, subtract } from '../score/fraction';
import { Grade, Specials } from '../score/Marks';
import { useScore } from '../score/queries';
import { To } from '../shell/links';
import { Loaded } from '../shell/States';
import { useWords } from '../words/useWords';
import { useScheme } from './queries';

/** The score, its grade, and how far the next one is. */
export function ScoreCard({ kase, audit }: { kase: Case; audit: number }) {
  const { t } = useWords();
  const query = useScore(kase.case, audit);
  const scheme = useScheme(query.data?.scheme.id, query.data?.scheme.version);
  return (
    <section className="sheet">
      <h2>{t('case.scorecard')}</h2>
      <Loaded query={query}>
        {(score) => <Card score={score} scheme={scheme.data} id={kase.case} audit={audit} />}
      </Loaded>
    </section>
  );
}

interface CardProps {
  score: Score;
  scheme: Scheme | undefined;
  id: string;
  audit: number;
}

function Card({ score, scheme, id, audit }: CardProps) {
  const { t, v } = useWords();
  const open = score.progress.involved - score.progress.assessed;
  return (
    <div className="score-card">
      <To path={`/cases/${id}/explanation?audit=${audit}`} className="plain-link">
        <span className="figure" title={t('score.exact', { fraction: score.final.fraction })}>
          {score.final.value}
        </span>
      </To>
      <p>
        <Grade grade={score.grade?.id} provisional={score.provisional} />{' '}
        {score.passed === false && (
          <span className="tag bad">
            {t('common.of', {
              label: t('score.failed'),
              value: score.reasons.map((reason) => reasonOf(reason, scheme, v, t)).join(t('common.and')),
            })}
          </span>
        )}
        {score.provisional && <span className="tag">{t('case.provisional')}</span>}
      </p>
      {scheme && <p className="distance">{distance(score, scheme, t, v)}</p>}
      {open > 0 && <p className="quiet">{t('case.provisional.hint', { count: open })}</p>}
      <span className="meter" aria-hidden>
        <i style={{ width: `${(score.progress.assessed / Math.max(1, score.progress.involved)) * 100}%` }} />
      </span>
      <dl className="facts">
        <dt>{t('cases.progress')}</dt>
        <dd className="num">
          {score.progress.assessed}/{score.progress.involved}
        </dd>
        <dt>{t('case.earned')}</dt>
        <dd className="num">
          {score.earned} / {score.involved}
        </dd>
        <dt>{t('case.specials')}</dt>
        <dd className="num">
          <Specials {...score.special_deductions} />
        </dd>
        <dt>{t('case.bonus')}</dt>
        <dd className="num">{score.bonus.points}</dd>
      </dl>
      <p>
        <To path={`/cases/${id}/sheet?audit=${audit}`}>{t('sheet.title')}</To>
        {' · '}
        <To path={`/cases/${id}/explanation?audit=${audit}`}>{t('case.explanation')}</To>
      </p>
    </div>
  );
}

function reasonOf(
  reason: string,
  scheme: Scheme | undefined,
  v: (f: string, x: string) => string,
  t: ReturnType<typeof useWords>['t'],
): string {
  if (reason === 'below-minimum') return t('score.reason.below-minimum', { minimum: scheme?.minimum ?? '' });
  return v('score.reason', reason);
}

/** The next grade above the final value, and the exact distance to it. */
function distance(
  score: Score,
  scheme: Scheme,
  t: ReturnType<typeof useWords>['t'],
  v: (f: string, x: string) => string,
): string {
  const final = fractionOf(score.final.fraction);
  const next = [...scheme.grades]
    .sort((a, b) => compare(fractionOf(a.min), fractionOf(b.min)))
    .find((grade) => compare(fractionOf(grade.min), final) > 0);
  if (!next) return t('case.topgrade');
  return t('case.nextgrade', { grade: v('grade', next.id), points: shown(subtract(fractionOf(next.min), final)) });
}
