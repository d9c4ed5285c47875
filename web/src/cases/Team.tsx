import type { Audit, Case } from '../api/types';
import { Who } from '../people/Who';
import { EntryLink } from '../shell/links';
import { useWords } from '../words/useWords';

/** Who did what in the case, with the entry that shows it. */
export function Team({ kase, audit }: { kase: Case; audit: Audit | undefined }) {
  const { t, v } = useWords();
  const rows: { duty: string; actor: string; seq?: number }[] = [];
  if (kase.application) rows.push({ duty: v('type', 'application.reviewed'), ...by(kase.application.entry) });
  for (const member of audit?.team ?? []) rows.push({ duty: v('team', member.role), actor: member.actor });
  if (audit?.report) rows.push({ duty: v('type', 'audit.reported'), ...by(audit.report.entry) });
  if (audit?.review) rows.push({ duty: v('role', 'reviewer'), ...by(audit.review.entry) });
  for (const decision of kase.decisions) rows.push({ duty: v('role', 'decision_maker'), ...by(decision.entry) });
  if (rows.length === 0) return <p className="quiet">{t('common.none')}</p>;
  return (
    <table className="plain">
      <tbody>
        {rows.map((row, i) => (
          <tr key={i}>
            <td className="quiet">{row.duty}</td>
            <td>
              <Who actor={row.actor} />
            </td>
            <td className="right">{row.seq && <EntryLink seq={row.seq} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function by(entry: { actor: string; seq: number }): { actor: string; seq: number } {
  return { actor: entry.actor, seq: entry.seq };
}
