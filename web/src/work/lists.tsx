import type { Due, FindingRow, WorkRow } from '../api/findings';
import { daysUntil, today } from '../calendar/queries';
import { dueForm, dueName, dueTone, leftOf } from '../calendar/words';
import { toneOf } from '../cases/words';
import { forms } from '../forms';
import { Barred } from '../process/Barred';
import { EntryLink, To } from '../shell/links';
import { daysBetween } from '../words/time';
import type { Word } from '../words/glossary';
import { useWords } from '../words/useWords';
import type { Draft } from './drafts';

/** Where a step is done: its form over the process of the case, or its tab. */
function pathOf({ case: id, step, subject, audit }: WorkRow): string {
  const query = new URLSearchParams();
  const tab = tabs[step];
  if (!tab) query.set('form', step);
  if (subject) query.set('about', subject);
  if (audit) query.set('audit', String(audit));
  return `/cases/${id}/${tab ?? 'process'}?${query.toString()}`;
}

/** The steps that have a tab of the case instead of a form. */
const tabs: Record<string, string> = { sheet: 'clauses', corrections: 'findings' };

const titleOf = (row: WorkRow) => `form.${row.step}` as Word;

export function StepList({ list }: { list: WorkRow[] }) {
  const { t, v } = useWords();
  if (list.length === 0) return <Nothing title={t('work.steps.none')} hint={t('work.none.hint')} />;
  return (
    <ul className="work-list">
      {list.map((each) => (
        <li key={each.case + each.step + (each.subject ?? '')} data-step={each.step}>
          <div>
            <strong>{t(titleOf(each))}</strong> <span className="quiet">{each.subject}</span>
            <div className="clip">
              <To path={`/cases/${each.case}`}>{each.organization}</To>{' '}
              <span className={`tag ${toneOf(each.state)}`}>{v('state', each.state)}</span>
            </div>
            <span className="quiet small">
              {t('work.since', { days: daysBetween(each.since.recorded_at, Date.now()) })}{' '}
              <EntryLink seq={each.since.seq} />
            </span>
          </div>
          <To path={pathOf(each)} className="as-button primary">
            {t('work.go')}
          </To>
        </li>
      ))}
    </ul>
  );
}

export function BarredList({ list }: { list: WorkRow[] }) {
  const { t } = useWords();
  return (
    <>
      <p className="quiet small">{t('work.barred.hint')}</p>
      <ul className="work-list">
        {list.map((each) => (
          <li key={each.case + each.step} data-barred={each.step}>
            <div>
              <strong>{t(titleOf(each))}</strong> <To path={`/cases/${each.case}`}>{each.organization}</To>
              {each.barred && <Barred duty={each.duty} by={each.barred} />}
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

export function DueList({ list, days }: { list: Due[] | undefined; days: number }) {
  const words = useWords();
  const { t, v } = words;
  const now = today();
  if (!list) return null;
  if (list.length === 0) return <Nothing title={t('work.due.none', { days })} />;
  return (
    <ul className="work-list">
      {list.slice(0, 12).map((due) => (
        <li key={due.case + due.kind + (due.number ?? '') + (due.label ?? '')} data-due={due.state}>
          <div>
            <strong>{dueName(due, words)}</strong>{' '}
            <span className={`tag ${dueTone[due.state]}`}>{v('due', due.state)}</span>
            <div className="clip">
              <To path={`/cases/${due.case}`}>{due.organization}</To>
            </div>
            <span className={`small num ${daysUntil(due.due_on, now) < 0 ? 'loss' : 'quiet'}`}>
              {due.due_on} · {leftOf(due, now, words)} · {due.rule}
            </span>
          </div>
          <To path={`/cases/${due.case}${dueForm(due)}`} className="as-button">
            {t('common.open')}
          </To>
        </li>
      ))}
      {list.length > 12 && (
        <li>
          <To path="/calendar?view=list">{t('calendar.more', { count: list.length - 12 })}</To>
        </li>
      )}
    </ul>
  );
}

export function FindingList({ list, form }: { list: FindingRow[]; form: 'verification' | 'correction' }) {
  const { t, v } = useWords();
  if (list.length === 0) return <Nothing title={t('common.none')} />;
  return (
    <ul className="work-list">
      {list.slice(0, 12).map((f) => (
        <li key={f.raised.seq} data-finding={f.finding}>
          <div>
            <strong className="num">
              {f.finding} · {f.clause}
            </strong>{' '}
            {f.severity && (
              <span className={`tag ${f.severity === 'major' ? 'bad' : ''}`}>{v('severity', f.severity)}</span>
            )}{' '}
            {f.stage === 'rejected' && <span className="tag loss">{t('findings.rejected')}</span>}
            <div className="clip" title={f.statement}>
              {f.statement}
            </div>
            <span className="quiet small">
              <To path={`/cases/${f.case}/findings?audit=${f.audit}`}>{f.organization}</To> ·{' '}
              {t('work.since', { days: daysBetween(f.last.effective_at, Date.now()) })}
            </span>
          </div>
          <To path={`/cases/${f.case}/findings?audit=${f.audit}&form=${form}&about=${f.finding}`} className="as-button">
            {t(`form.${form}`)}
          </To>
        </li>
      ))}
      {list.length > 12 && (
        <li>
          <To path="/findings">{t('calendar.more', { count: list.length - 12 })}</To>
        </li>
      )}
    </ul>
  );
}

export function DraftList({ list }: { list: Draft[] }) {
  const { t } = useWords();
  if (list.length === 0) return <Nothing title={t('work.drafts.none')} />;
  return (
    <ul className="work-list">
      {list.map((draft) => {
        const form = forms.get(draft.form);
        return (
          <li key={draft.case + draft.path} data-draft={draft.form || 'sheet'}>
            <div>
              <strong>{t(form ? form.title : 'form.sheet')}</strong>{' '}
              {draft.clauses > 0 && <span className="quiet">{t('work.drafts.count', { count: draft.clauses })}</span>}
              <div className="mono quiet clip">{draft.case && `…${draft.case.slice(-8)}`}</div>
            </div>
            <To path={draft.case ? `/cases/${draft.case}${draft.path}` : `/work${draft.path}`} className="as-button">
              {t('work.continue')}
            </To>
          </li>
        );
      })}
    </ul>
  );
}

function Nothing({ title, hint }: { title: string; hint?: string }) {
  return (
    <p className="quiet">
      {title}
      {hint && <span className="small"> · {hint}</span>}
    </p>
  );
}
