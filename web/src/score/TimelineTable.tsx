import type { TimelineItem } from '../api/types';
import { Who } from '../people/Who';
import { EntryLink } from '../shell/links';
import { minuteOf } from '../words/time';
import { useWords } from '../words/useWords';
import { Delta, Grade } from './Marks';

/** The table twin of the step chart. */
export function TimelineTable({ items }: { items: TimelineItem[] }) {
  const { t, type } = useWords();
  return (
    <div className="scroll timeline-table" tabIndex={0}>
      <table className="plain">
        <thead>
          <tr>
            <th>#</th>
            <th>{t('score.event')}</th>
            <th>{t('clauses.clause')}</th>
            <th>{t('common.actor')}</th>
            <th>{t('common.recorded')}</th>
            <th>{t('common.effective')}</th>
            <th className="right">{t('score.delta')}</th>
            <th className="right">{t('cases.score')}</th>
            <th>{t('cases.grade')}</th>
          </tr>
        </thead>
        <tbody>
          {items.slice(0, 2000).map((item) => (
            <tr key={item.seq}>
              <td>
                <EntryLink seq={item.seq} />
              </td>
              <td className="nowrap">{type(item.type)}</td>
              <td className="num">{item.clause}</td>
              <td>
                <Who actor={item.actor} />
              </td>
              <td className="num nowrap">{minuteOf(item.recorded_at)}</td>
              <td className="num nowrap">{minuteOf(item.effective_at)}</td>
              <td className="right">
                <Delta delta={item.delta} />
              </td>
              <td className="right">{item.final.value}</td>
              <td>
                <Grade grade={item.grade} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
