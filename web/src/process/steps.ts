// The steps of the process as a case shows them: which is done, which is next, and who has to do it.
import type { FullAudit, FullCase } from '../api/process';
import type { Entry } from '../api/types';
import { toCorrect } from '../cases/missing';
import type { Duty } from '../forms/form';
import { bonusesStanding, penaltiesFound, specialsStanding, type Subject } from '../forms/subjects';
import type { Word } from '../words/glossary';
import type { Words } from '../words/useWords';

export interface Step {
  /** The form of the step, or the tab of the case where it is done. */
  form: string;
  title: Word;
  duty: Duty;
  /** Of what it takes back or answers. */
  subject?: string;
  tab?: string;
  detail?: string;
  entry?: Entry;
  /** done: stands already; open: can be done now; later: something else comes first. */
  state: 'done' | 'open' | 'later' | 'any';
}

const dutyOf: Record<string, Duty> = {
  sheet: 'member',
  corrections: 'case_officer',
};

function step(form: string, duty: Duty, more: Partial<Step>): Step {
  return { form, title: `form.${form}` as Word, duty: dutyOf[form] ?? duty, state: 'any', ...more };
}

/** A step for each thing that a form can take back or answer. */
function stepsAbout(subjects: Subject[], form: string, duty: Duty, state: Step['state'] = 'any'): Step[] {
  return subjects.map(({ value, label, entry }) => step(form, duty, { subject: value, detail: label, entry, state }));
}

export function applicationSteps(kase: FullCase, words: Words): Step[] {
  const { t, v } = words;
  const items = kase.documents?.items ?? [];
  const told = items.filter((item) => item.status && item.status !== 'missing').length;
  const review = kase.application;
  const accepted = review?.outcome === 'accepted';
  const steps = [
    step('documents', 'case_officer', {
      detail: items.length > 0 ? `${told}/${items.length}` : undefined,
      state: kase.documents?.complete ? 'done' : accepted ? 'any' : 'open',
      entry: items.findLast((item) => item.entry)?.entry,
    }),
    step('penalty', 'case_officer', {
      detail: kase.penalties
        ?.map((p) =>
          t('common.of', {
            label: v('register', p.register),
            value: t(p.found ? 'field.found.yes' : 'field.found.no'),
          }),
        )
        .join(t('common.semi')),
      state: kase.penalties?.length ? 'done' : accepted ? 'any' : 'open',
      entry: kase.penalties?.at(-1)?.entry,
    }),
  ];
  steps.push(
    ...stepsAbout(penaltiesFound({ kase }, words), 'clear-penalty', 'case_officer', 'open'),
    step('application-review', 'case_officer', {
      detail: review && v('outcome', review.outcome),
      state: accepted ? 'done' : 'open',
      entry: review?.entry,
    }),
  );
  const signed = kase.contracts?.at(-1);
  steps.push(
    step('contract', 'case_officer', {
      detail: signed && [signed.number, signed.signed_on].filter(Boolean).join(' · '),
      state: signed ? 'done' : 'any',
      entry: signed?.entry,
    }),
    step('outlet', 'case_officer', {
      detail: kase.outlets?.map((o) => `${o.outlet} ${o.name}`).join(t('common.and')) || undefined,
      entry: kase.outlets?.at(-1)?.entry,
    }),
  );
  return steps;
}

/** Whether a step can be done: what comes before it stands. */
function turn(done: boolean, before: boolean): Step['state'] {
  return done ? 'done' : before ? 'open' : 'later';
}

export function auditSteps(audit: FullAudit, words: Words): Step[] {
  const { t, v } = words;
  const bonuses = bonusesStanding({ audit }, words);
  const { assessed, involved } = audit.progress;
  const sheet = involved > 0 && assessed >= involved;
  const toMend = toCorrect(audit);
  const documents = audit.documents?.outcome === 'accepted';
  const closed = Boolean(audit.closing);
  const reviewed = audit.review?.outcome === 'confirmed';
  return [
    step('plan', 'case_officer', {
      state: 'done',
      entry: audit.entry,
      detail: `${v('audit', audit.kind)} · ${audit.starts_on} – ${audit.ends_on}`,
    }),
    step('team', 'case_officer', { detail: audit.team.map((m) => v('team', m.role)).join(t('common.and')) }),
    step('announcement', 'case_officer', { state: audit.announced ? 'done' : 'any', entry: audit.announced?.entry }),
    step('document-review', 'lead', {
      state: turn(documents, true),
      entry: audit.documents?.entry,
      detail: audit.documents && v('outcome', audit.documents.outcome),
    }),
    step('opening', 'lead', { state: turn(Boolean(audit.opening), documents), entry: audit.opening?.entry }),
    step('sheet', 'member', {
      tab: 'clauses',
      state: turn(sheet, Boolean(audit.opening)),
      detail: `${assessed}/${involved}`,
    }),
    step('person-days', 'member', {
      detail: audit.person_days_on_site?.length
        ? sumOf(audit.person_days_on_site.map((p) => p.days)) + (audit.person_days ? ` / ${audit.person_days}` : '')
        : undefined,
      entry: audit.person_days_on_site?.at(-1)?.entry,
    }),
    ...stepsAbout(specialsStanding({ audit }, words), 'revoke-special', 'lead'),
    step('special', 'member', {}),
    ...stepsAbout(bonuses, 'revoke-bonus', 'lead'),
    ...(bonuses.length > 0 ? [] : [step('bonus', 'lead', {})]),
    step('closing', 'lead', { state: turn(closed, Boolean(audit.opening)), entry: audit.closing?.entry }),
    step('corrections', 'case_officer', {
      tab: 'findings',
      state: turn(toMend === 0, closed),
      detail: toMend > 0 ? t('case.missing.corrections', { count: toMend }) : undefined,
    }),
    step('report', 'lead', {
      state: turn(Boolean(audit.report), closed && sheet && toMend === 0),
      entry: audit.report?.entry,
      detail: audit.report && v('decision', audit.report.recommendation),
    }),
    step('review', 'reviewer', {
      state: turn(reviewed, Boolean(audit.report)),
      entry: audit.review?.entry,
      detail: audit.review && v('outcome', audit.review.outcome),
    }),
  ];
}

/** Tenths and hundredths of days, added up without floats. */
function sumOf(days: string[]): string {
  const hundredths = days.reduce((sum, each) => {
    const [whole = '0', part = ''] = each.split('.');
    return sum + Number(whole) * 100 + Number(part.padEnd(2, '0').slice(0, 2));
  }, 0);
  return String(hundredths / 100);
}

export function outcomeSteps(kase: FullCase, audit: FullAudit | undefined, { v }: Words): Step[] {
  const decision = kase.decisions.findLast((d) => d.audit === audit?.audit);
  const issues = decision?.decision === 'grant' || decision?.decision === 'renew';
  const certificate = kase.certificates.findLast((c) => c.audit === audit?.audit);
  const changed = kase.decisions.findLast((d) => !d.audit);
  const internal = kase.kind === 'internal';
  if (internal) return [step('closure', 'case_officer', { state: kase.closed ? 'done' : 'any', entry: kase.closed })];
  return [
    step('decision', 'decision_maker', {
      state: turn(Boolean(decision), audit?.review?.outcome === 'confirmed'),
      entry: decision?.entry,
      detail: decision && v('decision', decision.decision),
    }),
    step('certificate', 'case_officer', {
      state: certificate ? 'done' : issues ? 'open' : 'later',
      entry: certificate?.entry,
      detail: certificate && `${certificate.number} · ${certificate.valid_from} – ${certificate.valid_until}`,
    }),
    step('status', 'decision_maker', {
      state: kase.certificate ? 'any' : 'later',
      entry: changed?.entry,
      detail: changed && v('decision', changed.decision),
    }),
    step('closure', 'case_officer', { state: kase.closed ? 'done' : 'any', entry: kase.closed }),
  ];
}

export function objectionSteps(kase: FullCase, { v }: Words): Step[] {
  return [
    ...(kase.appeals ?? []).map((a) =>
      step('appeal-outcome', 'appeals', {
        subject: a.appeal,
        state: a.outcome ? 'done' : 'open',
        entry: a.outcome?.entry ?? a.entry,
        detail: [a.appeal, a.statement, a.outcome && v('outcome', a.outcome.outcome)].filter(Boolean).join(' · '),
      }),
    ),
    ...(kase.complaints ?? []).map((m) =>
      step('complaint-outcome', 'quality', {
        subject: m.complaint,
        state: m.outcome ? 'done' : 'open',
        entry: m.outcome?.entry ?? m.entry,
        detail: [m.complaint, m.complainant, m.statement, m.outcome && v('outcome', m.outcome.outcome)]
          .filter(Boolean)
          .join(' · '),
      }),
    ),
    step('appeal', 'objections', { state: kase.decisions.length > 0 || kase.application ? 'any' : 'later' }),
    step('complaint', 'objections', {}),
  ];
}

/** What the case waits for now, in the order of the process; usually one step. */
export function nextSteps(kase: FullCase, audit: FullAudit | undefined, words: Words): Step[] {
  if (kase.closed || kase.kind === 'accreditation_review') return [];
  const { application } = kase;
  const settling = objectionSteps(kase, words).filter((s) => s.state === 'open');
  if (kase.kind === 'certification' && !kase.certificate && application?.outcome === 'refused')
    return [...settling, step('closure', 'case_officer', { state: 'open' })];
  const mayPlan = kase.kind !== 'certification' || application?.outcome === 'accepted' || Boolean(kase.certificate);
  if (!mayPlan) return [...settling, step('application-review', 'case_officer', { state: 'open' })];
  if (!audit) return [...settling, step('plan', 'case_officer', { state: 'open' })];
  const steps = [...auditSteps(audit, words), ...outcomeSteps(kase, audit, words)];
  const done = steps.find((s) => s.form === 'decision')?.state === 'done';
  const ended = kase.kind === 'internal' && Boolean(audit.report); // nobody reviews or decides on it
  const first = steps.filter((s) => s.state === 'open' && !ended && !(done && s.form !== 'certificate')).slice(0, 1);
  return [...settling, ...first];
}
