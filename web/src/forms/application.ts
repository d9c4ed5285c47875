// The forms before the audit: the application, its documents and review, the contract, the outlets.
import { now, onAudit, optionsOf, reason, when } from './common';
import type { DocumentLine, Form, Values } from './form';
import { penaltiesFound } from './subjects';

export const openCase: Form = {
  id: 'open-case',
  enters: 'case.opened',
  title: 'form.open-case',
  duty: 'case_officer',
  path: () => '',
  fields: [
    {
      name: 'kind',
      kind: 'choice',
      label: 'field.kind',
      help: 'field.kind.help',
      required: true,
      half: true,
      options: optionsOf('kind', ['certification', 'second_party', 'internal']),
      initial: () => 'certification',
    },
    {
      name: 'scheme',
      kind: 'choice',
      label: 'field.scheme',
      required: true,
      half: true,
      options: ({ lists }, { named }) =>
        lists.schemes
          .filter((s) => s.current && s.scorable)
          .map((s) => ({ value: s.id, label: `${named(s.title)} (${s.id})` })),
      initial: ({ lists }) => lists.schemes.find((s) => s.current && s.scorable)?.id,
    },
    {
      name: 'organization.name',
      kind: 'line',
      label: 'field.organization',
      help: 'field.organization.help',
      required: true,
    },
    { name: 'organization.uscc', kind: 'line', label: 'field.uscc', help: 'field.uscc.help', half: true },
    { name: 'field', kind: 'line', label: 'field.field', help: 'field.field.help', half: true },
    { name: 'organization.address', kind: 'line', label: 'field.address' },
    { name: 'scope', kind: 'text', label: 'field.scope', help: 'field.scope.help', required: true },
    { name: 'applied_at', kind: 'instant', label: 'field.applied_at', half: true },
  ],
};

export const documents: Form = {
  id: 'documents',
  enters: 'document.recorded',
  title: 'form.documents',
  duty: 'case_officer',
  path: () => 'batch',
  fields: [
    { name: 'documents', kind: 'documents', label: 'field.documents', help: 'field.documents.help', required: true },
  ],
  body: (values) => {
    const lines = Object.entries((values.documents ?? {}) as Record<string, DocumentLine>).filter(([, l]) => l.status);
    const complete = lines.every(([, l]) => (l.status === 'received' ? l.evidence.length > 0 : l.reason.trim() !== ''));
    if (lines.length === 0 || !complete) return null;
    return {
      commands: lines.map(([document, l]) => ({
        path: 'documents',
        body: {
          document,
          status: l.status,
          ...(l.status === 'received' ? { evidence: l.evidence } : {}),
          ...(l.reason.trim() ? { reason: l.reason.trim() } : {}),
        },
      })),
    };
  },
};

const registers = [
  'gsxt_penalties',
  'gsxt_abnormal',
  'gsxt_dishonest',
  'creditchina_penalties',
  'creditchina_dishonesty',
] as const;

export const penalty: Form = {
  id: 'penalty',
  enters: 'penalty.checked',
  title: 'form.penalty',
  duty: 'case_officer',
  path: () => 'penalties',
  fields: [
    {
      name: 'register',
      kind: 'choice',
      label: 'field.register',
      required: true,
      options: optionsOf('register', registers),
      initial: ({ kase }) => registers.find((r) => !kase?.penalties?.some((p) => p.register === r)) ?? registers[0],
    },
    {
      name: 'found',
      kind: 'choice',
      label: 'field.found',
      required: true,
      half: true,
      options: (_, { t }) => [
        { value: 'no', label: t('field.found.no') },
        { value: 'yes', label: t('field.found.yes') },
      ],
      initial: () => 'no',
    },
    {
      name: 'statement',
      kind: 'text',
      label: 'field.statement.penalty',
      required: true,
      shown: (values) => values.found === 'yes',
    },
    { name: 'evidence', kind: 'files', label: 'field.screenshot', required: true },
    when,
  ],
  body: (values: Values) => ({
    register: values.register,
    found: values.found === 'yes',
    ...(values.found === 'yes' ? { statement: values.statement } : {}),
    evidence: values.evidence,
    ...(values.effective_at ? { effective_at: values.effective_at } : {}),
  }),
};

export const clearPenalty: Form = {
  id: 'clear-penalty',
  enters: 'penalty.cleared',
  title: 'form.clear-penalty',
  duty: 'case_officer',
  about: { list: penaltiesFound, first: 'form.about.clear-penalty' },
  path: ({ subject }) => `penalties/${subject}/clearance`,
  fields: [reason, { name: 'evidence', kind: 'files', label: 'field.evidence', required: true }, when],
};

export const contract: Form = {
  id: 'contract',
  enters: 'contract.signed',
  title: 'form.contract',
  duty: 'case_officer',
  path: () => 'contracts',
  fields: [
    { name: 'number', kind: 'line', label: 'field.number', half: true },
    { name: 'signed_on', kind: 'day', label: 'field.signed_on', required: true, half: true },
    { name: 'evidence', kind: 'files', label: 'field.evidence', required: true },
  ],
};

export const applicationReview: Form = {
  id: 'application-review',
  enters: 'application.reviewed',
  title: 'form.application-review',
  duty: 'case_officer',
  path: () => 'application-review',
  fields: [
    {
      name: 'outcome',
      kind: 'choice',
      label: 'field.outcome',
      required: true,
      half: true,
      options: optionsOf('outcome', ['accepted', 'returned', 'refused']),
      initial: () => 'accepted',
    },
    { name: 'checks', kind: 'checks', label: 'field.checks' },
    reason,
    when,
  ],
};

export const outlet: Form = {
  id: 'outlet',
  enters: 'outlet.recorded',
  title: 'form.outlet',
  duty: 'case_officer',
  path: () => 'outlets',
  fields: [
    { name: 'name', kind: 'line', label: 'field.outlet_name', required: true },
    { name: 'address', kind: 'line', label: 'field.address' },
    {
      name: 'kind',
      kind: 'choice',
      label: 'field.outlet_kind',
      required: true,
      half: true,
      options: optionsOf('outlet', ['own', 'entrusted']),
      initial: () => 'own',
    },
  ],
};

export const announcement: Form = {
  id: 'announcement',
  enters: 'audit.announced',
  title: 'form.announcement',
  duty: 'case_officer',
  ...onAudit('announcement'),
  fields: [
    { name: 'announced_at', kind: 'instant', label: 'field.announced_at', required: true, half: true, initial: now },
  ],
};
