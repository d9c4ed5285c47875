// The forms after the review: decision, certificate, suspension and what ends it, closure, appeals, complaints.
import { grade } from './audit';
import { dayIn, optionsOf, reason, when } from './common';
import type { About, Form, Option } from './form';
import { appealsOpen, complaintsOpen } from './subjects';

const onAudit = ['grant', 'refuse', 'maintain', 'renew', 'change_grade'] as const;
const onStatus = ['suspend', 'restore', 'withdraw', 'cancel', 'extend_scope', 'reduce_scope'] as const;
const scoped = (decision: unknown) => decision === 'extend_scope' || decision === 'reduce_scope';

export const decision: Form = {
  id: 'decision',
  enters: 'decision.made',
  title: 'form.decision',
  duty: 'decision_maker',
  audited: true,
  path: () => 'decisions',
  fields: [
    {
      name: 'decision',
      kind: 'choice',
      label: 'field.decision',
      required: true,
      half: true,
      options: optionsOf('decision', onAudit),
      initial: ({ audit }) => onAudit.find((d) => d === audit?.report?.recommendation) ?? 'grant',
    },
    grade,
    reason,
    when,
  ],
  body: (values, { audit }) => ({
    decision: values.decision,
    audit: audit?.audit,
    ...(values.grade && values.decision !== 'refuse' ? { grade: values.grade } : {}),
    reason: values.reason,
    ...(values.effective_at ? { effective_at: values.effective_at } : {}),
  }),
};

export const status: Form = {
  id: 'status',
  enters: 'decision.made',
  title: 'form.status',
  duty: 'decision_maker',
  path: () => 'decisions',
  fields: [
    {
      name: 'decision',
      kind: 'choice',
      label: 'field.decision',
      required: true,
      half: true,
      options: optionsOf('decision', onStatus),
      initial: ({ kase }) => (kase?.state === 'suspended' ? 'restore' : 'suspend'),
    },
    {
      name: 'scope',
      kind: 'text',
      label: 'field.scope.new',
      required: true,
      shown: (values) => scoped(values.decision),
      initial: ({ kase }) => kase?.scope,
    },
    reason,
    when,
  ],
};

export const certificate: Form = {
  id: 'certificate',
  enters: 'certificate.issued',
  title: 'form.certificate',
  duty: 'case_officer',
  path: () => 'certificates',
  fields: [
    { name: 'number', kind: 'line', label: 'field.certificate', required: true },
    { name: 'valid_from', kind: 'day', label: 'field.valid_from', required: true, half: true, initial: () => dayIn(0) },
    {
      name: 'valid_until',
      kind: 'day',
      label: 'field.valid_until',
      required: true,
      half: true,
      initial: () => dayIn(3, -1),
    },
  ],
};

export const closure: Form = {
  id: 'closure',
  enters: 'case.closed',
  title: 'form.closure',
  duty: 'case_officer',
  path: () => 'closure',
  fields: [reason, when],
};

/** What can be appealed against: the decisions, and the standing review of the application. */
function appealable({ kase }: About, v: (family: string, value: string) => string): Option[] {
  const list = (kase?.decisions ?? []).map((d) => ({
    value: String(d.entry.case_seq),
    label: `#${d.entry.seq} ${v('type', 'decision.made')} · ${v('decision', d.decision)}`,
  }));
  const review = kase?.application;
  if (review)
    list.push({
      value: String(review.entry.case_seq),
      label: `#${review.entry.seq} ${v('type', 'application.reviewed')} · ${v('outcome', review.outcome)}`,
    });
  return list;
}

export const appeal: Form = {
  id: 'appeal',
  enters: 'appeal.lodged',
  title: 'form.appeal',
  duty: 'objections',
  path: () => 'appeals',
  fields: [
    {
      name: 'against',
      kind: 'choice',
      label: 'field.against',
      required: true,
      options: (about, { v }) => appealable(about, v),
      initial: (about) => appealable(about, String)[0]?.value,
    },
    { name: 'statement', kind: 'text', label: 'field.appeal', required: true },
    { name: 'evidence', kind: 'files', label: 'field.evidence' },
    when,
  ],
  body: (values) => ({
    against: Number(values.against),
    statement: values.statement,
    ...(values.evidence ? { evidence: values.evidence } : {}),
    ...(values.effective_at ? { effective_at: values.effective_at } : {}),
  }),
};

export const appealOutcome: Form = {
  id: 'appeal-outcome',
  enters: 'appeal.decided',
  title: 'form.appeal-outcome',
  duty: 'appeals',
  about: { list: appealsOpen, first: 'form.about.appeal-outcome' },
  path: ({ subject }) => `appeals/${subject}/outcome`,
  fields: [
    {
      name: 'outcome',
      kind: 'choice',
      label: 'field.outcome',
      required: true,
      half: true,
      options: optionsOf('outcome', ['upheld', 'partly_upheld', 'dismissed']),
      initial: () => 'dismissed',
    },
    reason,
    when,
  ],
};

export const complaint: Form = {
  id: 'complaint',
  enters: 'complaint.lodged',
  title: 'form.complaint',
  duty: 'objections',
  path: () => 'complaints',
  fields: [
    { name: 'complainant', kind: 'line', label: 'field.complainant', required: true, half: true },
    {
      name: 'audit',
      kind: 'choice',
      label: 'field.about_audit',
      half: true,
      options: ({ kase }, { t }) => [
        { value: '', label: t('field.about_audit.none') },
        ...(kase?.audits ?? []).map((a) => ({ value: String(a.audit), label: t('case.audit', { audit: a.audit }) })),
      ],
    },
    { name: 'statement', kind: 'text', label: 'field.complaint', required: true },
    { name: 'evidence', kind: 'files', label: 'field.evidence' },
    when,
  ],
  body: (values) => ({
    complainant: values.complainant,
    ...(values.audit ? { audit: Number(values.audit) } : {}),
    statement: values.statement,
    ...(values.evidence ? { evidence: values.evidence } : {}),
    ...(values.effective_at ? { effective_at: values.effective_at } : {}),
  }),
};

export const complaintOutcome: Form = {
  id: 'complaint-outcome',
  enters: 'complaint.closed',
  title: 'form.complaint-outcome',
  duty: 'quality',
  about: { list: complaintsOpen, first: 'form.about.complaint-outcome' },
  path: ({ subject }) => `complaints/${subject}/outcome`,
  fields: [
    {
      name: 'outcome',
      kind: 'choice',
      label: 'field.outcome',
      required: true,
      half: true,
      options: optionsOf('outcome', ['substantiated', 'partly_substantiated', 'unsubstantiated']),
      initial: () => 'substantiated',
    },
    reason,
    when,
  ],
};
