// The fields that many forms share.
import type { Field, Form, Option, About } from './form';
import type { Words } from '../words/useWords';

export const reason: Field = {
  name: 'reason',
  kind: 'text',
  label: 'field.reason',
  help: 'form.reason.help',
  required: true,
};

/** When it happened, where it is entered later than that. */
export const when: Field = {
  name: 'effective_at',
  kind: 'instant',
  label: 'form.late',
  help: 'form.late.help',
  half: true,
};

/** Why it is entered late, where the form has no reason otherwise (TIME-02). */
export const lateReason: Field = { ...reason, required: false, shown: (values) => Boolean(values.effective_at) };

/** Below the audit; a path that names what it is about gets that. */
export function onAudit(path: string | ((subject: string) => string)): Pick<Form, 'audited' | 'path'> {
  return {
    audited: true,
    path: ({ audit, subject = '' }) => `audits/${audit?.audit}/${typeof path === 'string' ? path : path(subject)}`,
  };
}

/** Values of the domain by their names in the glossary. */
export function optionsOf(family: string, values: readonly string[]) {
  return (_: About, { v }: Words): Option[] => values.map((value) => ({ value, label: v(family, value) }));
}

/** The present minute on the clock of the certification body, as the platform's control writes it. */
export function now(): string {
  return new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 16);
}

/** A day so many years and days from now, on the same clock. */
export function dayIn(years: number, days = 0): string {
  const day = new Date(Date.now() + 8 * 3600_000);
  day.setUTCFullYear(day.getUTCFullYear() + years);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}
