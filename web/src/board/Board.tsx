import type { FindingRow } from '../api/findings';
import { EntryLink, To } from '../shell/links';
import { useWords } from '../words/useWords';
import { ageOf, isOpen, stages } from './findings';

/** How many cards of a column are shown; the list has them all. */
const most = 40;

/** Raised → correction → verification → closed, one column each, the oldest on top. */
export function Board({ rows, now }: { rows: FindingRow[]; now: number }) {
  const { t } = useWords();
  return (
    <div className="stage-board" tabIndex={0} role="region" aria-label={t('board.title')}>
      {stages.map((stage) => {
        const cards = rows
          .filter((f) => f.stage === stage)
          .sort((a, b) => (isOpen(a) ? ageOf(b, now) - ageOf(a, now) : b.last.seq - a.last.seq));
        return (
          <section key={stage} aria-label={t(`findings.${stage}`)} data-stage={stage}>
            <h2>
              {t(`findings.${stage}`)} <span className="quiet num">{cards.length}</span>
            </h2>
            {cards.slice(0, most).map((f) => (
              <Card key={f.raised.seq} finding={f} now={now} />
            ))}
            {cards.length > most && <p className="quiet small">{t('board.more', { count: cards.length - most })}</p>}
          </section>
        );
      })}
    </div>
  );
}

function Card({ finding: f, now }: { finding: FindingRow; now: number }) {
  const { t, v } = useWords();
  const age = ageOf(f, now);
  return (
    <article className="finding-card">
      <div className="line">
        <To path={`/cases/${f.case}/findings?audit=${f.audit}`} className="num strong">
          {f.finding} · {f.clause}
        </To>
        <EntryLink seq={f.last.seq} />
      </div>
      <p className="clamp" title={f.statement} lang="zh-CN">
        {f.statement}
      </p>
      <p className="tags">
        {f.severity && (
          <span className={`tag ${f.severity === 'major' ? 'bad' : ''}`}>{v('severity', f.severity)}</span>
        )}
        {f.repeated && (
          <span className="tag loss" title={t('board.repeat.hint')}>
            {t('board.repeat')}
          </span>
        )}
        <span className={`tag num ${isOpen(f) && age > 30 ? 'loss' : ''}`}>{t('board.days', { days: age })}</span>
      </p>
      <p className="quiet small clip" title={f.organization}>
        {f.organization}
      </p>
    </article>
  );
}
