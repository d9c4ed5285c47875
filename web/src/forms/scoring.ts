// The forms outside the clauses: special deductions with their correction, bonuses, and taking them back.
import { lateReason, onAudit, optionsOf, reason, when } from './common';
import type { Form, Option, About } from './form';
import {
  bonusesStanding,
  correctionsToVerify,
  findingsCorrected,
  findingsToCorrect,
  specialsStanding,
} from './subjects';

/** The findings that a special deduction may rest on. */
function nonconformities({ audit }: About): Option[] {
  return (audit?.findings ?? [])
    .filter((f) => f.category === 'nonconformity' && !f.withdrawn)
    .map((f) => ({ value: f.finding, label: `${f.finding} · ${f.clause} · ${f.statement.slice(0, 40)}` }));
}

export const special: Form = {
  id: 'special',
  enters: 'special_deduction.applied',
  title: 'form.special',
  duty: 'member',
  ...onAudit('special-deductions'),
  fields: [
    {
      name: 'trigger',
      kind: 'choice',
      label: 'field.trigger',
      required: true,
      options: ({ lists }, { named }) =>
        (lists.scheme?.special_deductions.triggers ?? []).map((each) => ({ value: each.id, label: named(each.name) })),
      initial: ({ lists }) => lists.scheme?.special_deductions.triggers[0]?.id,
    },
    {
      name: 'finding',
      kind: 'choice',
      label: 'field.finding',
      required: true,
      options: nonconformities,
      initial: (about) => about.subject ?? nonconformities(about)[0]?.value,
    },
    reason,
    when,
  ],
};

export const revokeSpecial: Form = {
  id: 'revoke-special',
  enters: 'special_deduction.revoked',
  title: 'form.revoke-special',
  duty: 'lead',
  about: { list: specialsStanding, first: 'form.about.revoke-special' },
  ...onAudit((s) => `special-deductions/${s}/revocation`),
  fields: [reason, when],
};

/** The correction of the finding behind a special deduction, or of any other. */
export const correction: Form = {
  id: 'correction',
  enters: 'correction.submitted',
  title: 'form.correction',
  duty: 'case_officer',
  about: { list: findingsToCorrect, first: 'form.about.correction' },
  ...onAudit((finding) => `findings/${finding}/corrections`),
  fields: [
    { name: 'statement', kind: 'text', label: 'field.correction', required: true },
    { name: 'evidence', kind: 'files', label: 'field.evidence' },
    when,
    lateReason,
  ],
};

export const verification: Form = {
  id: 'verification',
  enters: 'correction.verified',
  title: 'form.verification',
  duty: 'member',
  about: { list: correctionsToVerify, first: 'form.about.verification' },
  ...onAudit((finding) => `findings/${finding}/verification`),
  fields: [
    {
      name: 'outcome',
      kind: 'choice',
      label: 'field.outcome',
      required: true,
      half: true,
      options: optionsOf('outcome', ['accepted', 'rejected']),
      initial: () => 'accepted',
    },
    reason,
    when,
  ],
};

/** An accepted correction that did not hold. */
export const reopening: Form = {
  id: 'reopening',
  enters: 'correction.reopened',
  title: 'form.reopening',
  duty: 'member',
  about: { list: findingsCorrected, first: 'form.about.reopening' },
  ...onAudit((finding) => `findings/${finding}/reopening`),
  fields: [reason, when],
};

export const withdrawal: Form = {
  id: 'withdrawal',
  enters: 'finding.withdrawn',
  title: 'form.withdrawal',
  duty: 'lead',
  about: { list: findingsToCorrect, first: 'form.about.correction' },
  ...onAudit((finding) => `findings/${finding}/withdrawal`),
  fields: [reason, when],
};

export const bonus: Form = {
  id: 'bonus',
  enters: 'bonus.granted',
  title: 'form.bonus',
  duty: 'lead',
  ...onAudit('bonuses'),
  fields: [{ ...reason, help: 'field.bonus.help' }, when],
};

export const revokeBonus: Form = {
  id: 'revoke-bonus',
  enters: 'bonus.revoked',
  title: 'form.revoke-bonus',
  duty: 'lead',
  about: { list: bonusesStanding, first: 'form.about.revoke-bonus' },
  ...onAudit((b) => `bonuses/${b}/revocation`),
  fields: [reason, when],
};
