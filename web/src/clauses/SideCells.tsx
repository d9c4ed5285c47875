import { PaperClipOutlined } from '@ant-design/icons';
import type { ComparedClause } from '../api/types';
import { exactOf, fractionOf, subtract } from '../score/fraction';
import { Delta } from '../score/Marks';
import { useWords } from '../words/useWords';
import type { DraftRow } from './draft';
import type { Standing } from './standing';

/** The difference to the audit before, in points of the clause; an ↻ where both found a nonconformity. */
export function Before({ clause, earned }: { clause: ComparedClause | undefined; earned: string | undefined }) {
  const { t } = useWords();
  if (!clause) return <span className="quiet">–</span>;
  if (clause.deleted || earned === undefined) return <span className="quiet">{clause.deleted ? '∅' : '–'}</span>;
  return (
    <span
      title={t('clauses.before.was', {
        earned: clause.earned.value,
        findings: clause.findings.join(t('common.and')) || '–',
      })}
    >
      <Delta delta={exactOf(subtract(fractionOf(earned), fractionOf(clause.earned.fraction)))} />
    </span>
  );
}

interface EvidenceProps {
  standing: Standing;
  draft: DraftRow | undefined;
  onOpen: () => void;
}

/** How many files show it; the inspector has them. */
export function EvidenceCell({ standing, draft, onOpen }: EvidenceProps) {
  const { t } = useWords();
  const named = [standing.assessment?.evidence, ...standing.findings.map((f) => f.evidence)];
  const digests = new Set(named.flatMap((list) => list ?? []).map((each) => each.sha256));
  const drafted = draft?.evidence?.length ?? 0;
  const count = digests.size + drafted;
  return (
    <div role="gridcell" className={`num${drafted > 0 ? ' draft' : ''}`}>
      {count > 0 ? (
        <button className="link" tabIndex={-1} onClick={onOpen} aria-label={t('evidence.open', { count })}>
          <PaperClipOutlined aria-hidden /> {count}
        </button>
      ) : (
        <span className="quiet">–</span>
      )}
    </div>
  );
}
