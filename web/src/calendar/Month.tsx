import type { Due } from '../api/findings';
import { To } from '../shell/links';
import { useWords } from '../words/useWords';
import { weekdays } from './month';
import { dueForm, dueName, dueTone } from './words';

interface Props {
  days: string[];
  month: string;
  byDay: Map<string, Due[]>;
  now: string;
}

/** How many deadlines of one day are shown. */
const most = 3;

/** One month, a table of weeks; each deadline opens what settles it. */
export function Month({ days, month, byDay, now }: Props) {
  const words = useWords();
  const { t, language, v } = words;
  const weeks = Array.from({ length: days.length / 7 }, (_, i) => days.slice(i * 7, i * 7 + 7));
  return (
    <div className="sheet scroll month-box" tabIndex={0} role="region" aria-label={t('calendar.month')}>
      <table className="month">
        <thead>
          <tr>
            {weekdays(language).map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]}>
              {week.map((day) => {
                const list = byDay.get(day) ?? [];
                return (
                  <td
                    key={day}
                    className={[day.startsWith(month) ? '' : 'other', day === now ? 'today' : ''].join(' ')}
                    aria-current={day === now ? 'date' : undefined}
                    data-day={day}
                  >
                    <span className="day num">{Number(day.slice(8))}</span>
                    {list.slice(0, most).map((due) => (
                      <To
                        key={due.case + due.kind + (due.number ?? '') + (due.label ?? '')}
                        path={`/cases/${due.case}${dueForm(due)}`}
                        className={`due tag ${dueTone[due.state]}`}
                      >
                        {dueName(due, words)} <span className="small">{due.organization}</span>
                        <span className="unseen">{v('due', due.state)}</span>
                      </To>
                    ))}
                    {list.length > most && (
                      <To path="/calendar?view=list" className="small">
                        {t('calendar.more', { count: list.length - most })}
                      </To>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
