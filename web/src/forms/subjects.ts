// What the forms that take back or answer something can be about, each with the entry that it stands on.
import type { Entry, Finding } from '../api/types';
import { stageOf, type Stage } from '../findings/stage';
import type { Words } from '../words/useWords';
import type { About } from './form';

export interface Subject {
  /** How the address names it: S1, F2, A1, gsxt_penalties. */
  value: string;
  label: string;
  entry: Entry;
}

export type Subjects = (about: Pick<About, 'kase' | 'audit'>, words: Words) => Subject[];

const subject = (value: string, entry: Entry, ...parts: (string | undefined)[]): Subject => ({
  value,
  entry,
  label: parts.filter(Boolean).join(' · '),
});

export const penaltiesFound: Subjects = ({ kase }, { v }) =>
  (kase?.penalties ?? [])
    .filter((p) => p.found && !p.cleared)
    .map((p) => subject(p.register, p.entry, v('register', p.register)));

export const specialsStanding: Subjects = ({ audit }, { v }) =>
  (audit?.special_deductions ?? [])
    .filter((s) => !s.revoked)
    .map((s) => subject(s.special, s.entry, s.special, s.finding, v('trigger', s.trigger)));

export const bonusesStanding: Subjects = ({ audit }) =>
  (audit?.bonuses ?? []).filter((b) => !b.revoked).map((b) => subject(b.bonus, b.entry, b.bonus, b.entry.reason));

const findings =
  (fits: (stage: Stage, finding: Finding) => boolean): Subjects =>
  ({ audit }) =>
    (audit?.findings ?? [])
      .filter((f) => audit && fits(stageOf(f, audit), f))
      .map((f) => subject(f.finding, f.entry, f.finding, f.clause, f.statement));

export const findingsToCorrect = findings((stage) => stage === 'raised' || stage === 'rejected');
export const correctionsToVerify = findings((stage) => stage === 'correcting');
/** Those that need no correction are closed as well. */
export const findingsCorrected = findings((stage, { corrected }) => stage === 'closed' && Boolean(corrected));

export const appealsOpen: Subjects = ({ kase }) =>
  (kase?.appeals ?? []).filter((a) => !a.outcome).map((a) => subject(a.appeal, a.entry, a.appeal, a.statement));

export const complaintsOpen: Subjects = ({ kase }) =>
  (kase?.complaints ?? [])
    .filter((m) => !m.outcome)
    .map((m) => subject(m.complaint, m.entry, m.complaint, m.complainant, m.statement));
