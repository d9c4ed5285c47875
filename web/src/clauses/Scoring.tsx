import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Refusal } from '../api/problem';
import type { Audit, Case, Evidence, LedgerItem, Posted, Scheme, Score } from '../api/types';
import { useAsOf } from '../shell/asof';
import { To } from '../shell/links';
import { useSession } from '../shell/session';
import { useTell } from '../shell/Told';
import { Choice } from '../table/Choice';
import { useWords } from '../words/useWords';
import { whyReadOnly } from './access';
import { deductionColumns, ratingColumns } from './columns';
import { commandsOf, placeholder, questionOf, type Drafted } from './commands';
import { needsOf } from './draft';
import { Footer } from './Footer';
import { Grid } from './Grid';
import { Inspector } from './Inspector';
import { KeyHelp } from './KeyHelp';
import { MergeDialog } from './MergeDialog';
import { PostDialog } from './PostDialog';
import type { Standing } from './standing';
import { useBefore } from './useBefore';
import { useDrafts } from './useDrafts';
import { useGridKeys } from './useGridKeys';
import { useQuestion } from './useQuestion';
import './clauses.css';

interface Props {
  kase: Case;
  audit: Audit & { etag: string };
  scheme: Scheme;
  score: Score;
  standings: Standing[];
}

type Shown = 'all' | 'open' | 'lost' | 'draft';

/** The sheet: drafts over what stands, the score with the drafts at the foot, and one confirm. */
export function Scoring({ kase, audit, scheme, score, standings }: Props) {
  const { t } = useWords();
  const tell = useTell();
  const queries = useQueryClient();
  const session = useSession();
  const { past } = useAsOf();
  const rated = scheme.method === 'rating';
  const book = useDrafts(session.actor, kase.case, audit.audit, audit.etag);
  const blocked = whyReadOnly(session, kase, audit, past);
  const asked = useMemo(
    () => questionOf(blocked ? noDrafts : book.rows, { audit, scheme, placeholder }).map((drafted) => drafted.command),
    [blocked, book.rows, audit, scheme],
  );
  const question = useQuestion(kase.case, audit, asked, score);
  const before = useBefore(kase.case, audit);
  const [shown, setShown] = useState<Shown>('all');
  const [inspecting, setInspecting] = useState(() => window.innerWidth >= 1600);
  const [posting, setPosting] = useState<Drafted[] | null>(null);
  const [missed, setMissed] = useState<LedgerItem[] | null>(null);
  const columns = rated ? ratingColumns : deductionColumns;

  const withDrafts = useMemo(
    () => (question.score === score ? standings : scored(standings, question.score)),
    [standings, question.score, score],
  );
  const visible = useMemo(
    () => withDrafts.filter((s) => shows(shown, s, book.rows[s.clause.id] !== undefined)),
    [withDrafts, shown, book.rows],
  );
  const clauses = useMemo(() => visible.map((s) => s.clause.id), [visible]);
  const included = useMemo(() => new Set(standings.filter((s) => s.included).map((s) => s.clause.id)), [standings]);
  const post = () => {
    const list = commandsOf(book.rows, { audit, scheme });
    if (!blocked && list.length > 0) setPosting(list);
  };
  const keys = useGridKeys({
    clauses,
    columns,
    rows: book.rows,
    dispatch: book.dispatch,
    writable: (clause) => !blocked && included.has(clause),
    onPost: post,
    onInspect: () => setInspecting((now) => !now),
  });
  const incomplete = Object.values(book.rows).filter((row) => needsOf(row, rated).length > 0).length;
  const refresh = () => queries.invalidateQueries({ queryKey: ['case', kase.case] });
  const onPosted = (posted: Posted[]) => {
    setPosting(null);
    const first = posted[0]?.seq ?? 0;
    tell(t('clauses.posted', { first, last: posted.at(-1)?.seq ?? first }));
    void refresh();
  };
  const onStale = (refusal: Refusal) => {
    setPosting(null);
    setMissed(refusal.problem.missed ?? []);
    void refresh();
  };
  const at = visible[keys.cursor.row];
  return (
    <div className="scoring">
      <div className="filters">
        <Choice
          label={t('clauses.title')}
          value={shown}
          options={(['all', 'open', 'lost', 'draft'] as const).map((value) => ({
            value,
            label: t(`clauses.filter.${value}`),
          }))}
          onChange={(value) => setShown(value as Shown)}
        />
        <To path={`/cases/${kase.case}/sheet?audit=${audit.audit}`}>{t('sheet.title')}</To>
        {!blocked && <KeyHelp />}
        {blocked && blocked !== 'past' && <span className="past-note">{t(blockedWord[blocked])}</span>}
        {book.restored > 0 && book.count > 0 && (
          <span className="tag brand">{t('clauses.draft.restored', { count: book.restored })}</span>
        )}
        {question.refusal && (
          <span className="loss">{question.refusal.problem.detail || t('refusal.unreachable')}</span>
        )}
      </div>
      <div className="scoring-main">
        <Grid
          scheme={scheme}
          standings={visible}
          columns={columns}
          drafts={book.rows}
          keys={keys}
          writable={!blocked}
          before={before}
          onEvidence={() => setInspecting(true)}
        />
        {inspecting && at && (
          <Inspector
            id={kase.case}
            audit={audit.audit}
            standing={at}
            drafted={blocked || !at.included ? undefined : (book.rows[at.clause.id]?.evidence ?? noEvidence)}
            onEvidence={(evidence) => book.dispatch({ kind: 'attach', clause: at.clause.id, evidence })}
          />
        )}
      </div>
      <Footer
        standing={score}
        score={question.score}
        busy={question.busy}
        drafted={book.count}
        incomplete={incomplete}
        onPost={blocked ? undefined : post}
        onDiscard={() => book.dispatch({ kind: 'replace', rows: {} })}
      />
      {posting && (
        <PostDialog
          id={kase.case}
          list={posting}
          book={book}
          onClose={() => setPosting(null)}
          onPosted={onPosted}
          onStale={onStale}
        />
      )}
      {missed && (
        <MergeDialog
          drafts={book.rows}
          missed={missed}
          onClose={() => setMissed(null)}
          onMerged={(rows) => {
            const seen = missed.at(-1)?.event.caseseq;
            book.rebase(rows, seen ? `"${seen}"` : audit.etag);
            setMissed(null);
          }}
        />
      )}
    </div>
  );
}

const noDrafts = {};
const noEvidence: Evidence[] = [];
const blockedWord = { stranger: 'clauses.readonly', reported: 'clauses.reported' } as const;

function shows(shown: Shown, standing: Standing, drafted: boolean): boolean {
  if (shown === 'open') return standing.state === 'open' && standing.included;
  if (shown === 'lost') return standing.state === 'deducted';
  if (shown === 'draft') return drafted;
  return true;
}

/** The same standings with the points that the drafts would leave. */
function scored(standings: Standing[], score: Score): Standing[] {
  const scores = new Map(score.clauses?.map((c) => [c.clause, c]));
  return standings.map((s) => {
    const found = scores.get(s.clause.id);
    return found && found.earned.fraction === s.score?.earned.fraction && found.deleted === s.score.deleted
      ? s
      : { ...s, score: found };
  });
}
