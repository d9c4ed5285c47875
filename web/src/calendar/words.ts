import type { Due } from '../api/findings';
import type { Words } from '../words/useWords';
import { daysUntil } from './queries';

/** 监督审查 2, 处理申诉 A1 */
export function dueName(due: Due, { v }: Words): string {
  return [v('deadline', due.kind), due.number, due.label].filter(Boolean).join(' ');
}

/** How long there is, or how long it is overdue. */
export function leftOf(due: Due, day: string, { t }: Words): string {
  const days = daysUntil(due.due_on, day);
  if (days === 0) return t('calendar.left.today');
  return days > 0 ? t('calendar.left.days', { days }) : t('calendar.left.over', { days: -days });
}

export const dueTone = { due: 'brand', planned: '', overdue: 'loss' } as const;

/** The form that settles a deadline, below its case. */
export function dueForm(due: Due): string {
  switch (due.kind) {
    case 'application_review':
      return '?form=application-review';
    case 'surveillance':
    case 'recertification':
      return due.audit ? `/process?audit=${due.audit}` : '?form=plan';
    case 'appeal':
      return `?form=appeal-outcome&about=${due.label}`;
    case 'complaint':
      return `?form=complaint-outcome&about=${due.label}`;
    default:
      return '?form=status';
  }
}
