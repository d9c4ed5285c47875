import type { About } from './form';

const begin = 'starledger.form.';

/** Where the browser keeps what a person filled into a form and has not posted. */
export function draftName(actor: string, about: About, form: string): string {
  return `${begin}${actor}.${about.kase?.case ?? ''}.${about.audit?.audit ?? 0}.${form}.${about.subject ?? ''}`;
}

export interface FormDraft {
  name: string;
  case: string;
  audit: number;
  form: string;
  subject: string;
}

/** The forms that somebody began on this machine. */
export function formDrafts(actor: string): FormDraft[] {
  return Object.keys(localStorage).flatMap((name) => {
    if (!name.startsWith(`${begin}${actor}.`)) return [];
    const [id = '', audit = '0', form = '', ...subject] = name.slice(begin.length + actor.length + 1).split('.');
    return [{ name, case: id, audit: Number(audit), form, subject: subject.join('.') }];
  });
}
