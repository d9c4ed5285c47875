import * as application from './application';
import * as audit from './audit';
import type { Form } from './form';
import * as outcome from './outcome';
import * as scoring from './scoring';

const list: Form[] = [
  application.openCase,
  application.documents,
  application.penalty,
  application.clearPenalty,
  application.contract,
  application.applicationReview,
  application.outlet,
  application.announcement,
  audit.plan,
  audit.team,
  audit.documentReview,
  audit.opening,
  audit.closing,
  audit.personDays,
  audit.report,
  audit.review,
  scoring.special,
  scoring.revokeSpecial,
  scoring.correction,
  scoring.verification,
  scoring.reopening,
  scoring.withdrawal,
  scoring.bonus,
  scoring.revokeBonus,
  outcome.decision,
  outcome.status,
  outcome.certificate,
  outcome.closure,
  outcome.appeal,
  outcome.appealOutcome,
  outcome.complaint,
  outcome.complaintOutcome,
];

/** The forms of the process by the name they have in the address. */
export const forms: ReadonlyMap<string, Form> = new Map(list.map((form) => [form.id, form]));
