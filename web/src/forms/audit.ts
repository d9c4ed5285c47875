// The forms of an audit: plan, team, document review, meetings, time on site, report, review.
import { dayIn, lateReason, now, onAudit, optionsOf, reason, when } from './common';
import type { Field, Form } from './form';

const kinds = ['initial', 'surveillance', 'recertification', 'special', 'internal'] as const;
const partial = (kind: unknown) => kind === 'surveillance' || kind === 'special';

export const plan: Form = {
  id: 'plan',
  enters: 'audit.planned',
  title: 'form.plan',
  duty: 'case_officer',
  path: () => 'audits',
  fields: [
    {
      name: 'kind',
      kind: 'choice',
      label: 'field.audit_kind',
      required: true,
      half: true,
      options: optionsOf('audit', kinds),
      initial: ({ kase }) => (kase?.kind === 'internal' ? 'internal' : kase?.certificate ? 'surveillance' : 'initial'),
    },
    {
      name: 'mode',
      kind: 'choice',
      label: 'field.mode',
      half: true,
      options: optionsOf('mode', ['on_site', 'remote', 'mixed']),
      initial: () => 'on_site',
    },
    { name: 'team', kind: 'team', label: 'field.team', help: 'field.team.help', required: true },
    { name: 'starts_on', kind: 'day', label: 'field.starts_on', required: true, half: true },
    { name: 'ends_on', kind: 'day', label: 'field.ends_on', required: true, half: true },
    { name: 'person_days', kind: 'decimal', label: 'field.person_days', help: 'field.person_days.help', half: true },
    { name: 'outlets', kind: 'lines', label: 'field.outlets', help: 'form.lines' },
    {
      name: 'clauses',
      kind: 'clauses',
      label: 'field.clauses',
      help: 'field.clauses.help',
      shown: (values) => partial(values.kind),
    },
  ],
};

export const team: Form = {
  id: 'team',
  enters: 'audit.team_changed',
  title: 'form.team',
  duty: 'case_officer',
  ...onAudit('team'),
  fields: [
    { name: 'add', kind: 'team', label: 'field.team.add' },
    {
      name: 'remove',
      kind: 'people',
      label: 'field.team.remove',
      options: ({ audit }) => (audit?.team ?? []).map((m) => ({ value: m.actor, label: m.actor })),
    },
    reason,
    when,
  ],
};

export const documentReview: Form = {
  id: 'document-review',
  enters: 'documents.reviewed',
  title: 'form.document-review',
  duty: 'lead',
  ...onAudit('document-review'),
  fields: [
    {
      name: 'outcome',
      kind: 'choice',
      label: 'field.outcome',
      required: true,
      half: true,
      options: optionsOf('outcome', ['accepted', 'returned']),
      initial: () => 'accepted',
    },
    reason,
    when,
  ],
};

const meeting: Field[] = [
  { name: 'held_at', kind: 'instant', label: 'field.held_at', required: true, half: true, initial: now },
  { name: 'attendees', kind: 'lines', label: 'field.attendees', help: 'form.lines' },
];

export const opening: Form = {
  id: 'opening',
  enters: 'audit.opened',
  title: 'form.opening',
  duty: 'lead',
  ...onAudit('opening'),
  fields: meeting,
};
export const closing: Form = {
  id: 'closing',
  enters: 'audit.closed',
  title: 'form.closing',
  duty: 'lead',
  ...onAudit('closing'),
  fields: meeting,
};

export const personDays: Form = {
  id: 'person-days',
  enters: 'person_days.recorded',
  title: 'form.person-days',
  duty: 'member',
  ...onAudit('person-days'),
  fields: [
    {
      name: 'actor',
      kind: 'person',
      label: 'form.person',
      required: true,
      half: true,
      options: ({ audit }) => (audit?.team ?? []).map((m) => ({ value: m.actor, label: m.actor })),
    },
    { name: 'on', kind: 'day', label: 'field.on', required: true, half: true, initial: () => dayIn(0) },
    {
      name: 'days',
      kind: 'decimal',
      label: 'field.days',
      help: 'field.days.help',
      required: true,
      half: true,
      initial: () => '1',
    },
    {
      name: 'outlet',
      kind: 'choice',
      label: 'field.outlet',
      half: true,
      options: ({ kase }, { t }) => [
        { value: '', label: t('field.outlet.main') },
        ...(kase?.outlets ?? []).map((o) => ({ value: o.outlet, label: `${o.outlet} ${o.name}` })),
      ],
    },
  ],
};

const recommendations = ['grant', 'refuse', 'maintain', 'renew', 'change_grade', 'suspend', 'withdraw'] as const;

export const grade: Field = {
  name: 'grade',
  kind: 'choice',
  label: 'field.grade',
  help: 'field.grade.help',
  half: true,
  options: ({ lists }, { v }) => [
    { value: '', label: '–' },
    ...(lists.scheme?.grades ?? []).map((g) => ({ value: g.id, label: v('grade', g.id) })),
  ],
  initial: ({ audit }) => (audit?.score?.provisional ? '' : (audit?.score?.grade ?? '')),
};

export const report: Form = {
  id: 'report',
  enters: 'audit.reported',
  title: 'form.report',
  duty: 'lead',
  ...onAudit('report'),
  fields: [
    {
      name: 'recommendation',
      kind: 'choice',
      label: 'field.recommendation',
      required: true,
      half: true,
      options: optionsOf('decision', recommendations),
      initial: ({ audit }) =>
        audit?.kind === 'surveillance' ? 'maintain' : audit?.kind === 'recertification' ? 'renew' : 'grant',
    },
    grade,
    { name: 'summary', kind: 'text', label: 'field.summary', required: true },
    when,
    lateReason,
  ],
};

export const review: Form = {
  id: 'review',
  enters: 'audit.reviewed',
  title: 'form.review',
  duty: 'reviewer',
  ...onAudit('review'),
  fields: [
    {
      name: 'outcome',
      kind: 'choice',
      label: 'field.outcome',
      required: true,
      half: true,
      options: optionsOf('outcome', ['confirmed', 'returned']),
      initial: () => 'confirmed',
    },
    reason,
    when,
  ],
};
