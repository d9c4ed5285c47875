import { Button } from 'antd';
import { useEffect, useMemo } from 'react';
import { useNavigate, useSearchParams } from 'react-router-dom';
import type { Audit, Case, Scheme, Score } from '../api/types';
import { useShownCase } from '../cases/CasePage';
import { useAudit, useScheme } from '../cases/queries';
import { whyReadOnly } from '../clauses/access';
import { useMarks } from '../sampling/useMarks';
import { useScore } from '../score/queries';
import { useAsOf } from '../shell/asof';
import { useTo } from '../shell/links';
import { Previewed } from '../shell/Previewed';
import { Refused } from '../shell/Refused';
import { useSession } from '../shell/session';
import { Empty, Loaded, Waiting } from '../shell/States';
import { useKept } from '../shell/useKept';
import { usePosting } from '../shell/usePosting';
import { useTell } from '../shell/Told';
import { useWords } from '../words/useWords';
import { Calculator } from './Calculator';
import { blank, findingCommands, lacksOf, type FindingDraft } from './findingForm';
import { FindingFields } from './FindingFields';
import { SimilarFindings } from './SimilarFindings';
import './findings.css';

/** The form of a nonconformity as it is on paper, beside it what it costs and what was found before. */
export function NewFindingPage() {
  const { kase, audit: number } = useShownCase();
  const { t } = useWords();
  const session = useSession();
  const { past } = useAsOf();
  const audit = useAudit(kase.case, number);
  const scheme = useScheme(audit.data?.scheme.id, audit.data?.scheme.version);
  const score = useScore(kase.case, number);
  if (number === 0) return <Empty title={t('case.noaudit')} hint={t('case.noaudit.hint')} />;
  return (
    <Loaded query={audit} sheets={2}>
      {(found) => {
        const blocked = whyReadOnly(session, kase, found, past);
        if (blocked === 'stranger') return <Empty title={t('clauses.readonly')} />;
        if (blocked === 'reported') return <Empty title={t('clauses.reported')} />;
        if (blocked) return <Empty title={t('findings.form')} hint={t('asof.off')} />;
        if (!scheme.data || !score.data) return <Waiting sheets={2} />;
        return <Form kase={kase} audit={found} scheme={scheme.data} standing={score.data} />;
      }}
    </Loaded>
  );
}

interface Props {
  kase: Case;
  audit: Audit & { etag: string };
  scheme: Scheme;
  standing: Score;
}

function Form({ kase, audit, scheme, standing }: Props) {
  const { t } = useWords();
  const tell = useTell();
  const session = useSession();
  const navigate = useNavigate();
  const to = useTo();
  const name = `starledger.finding.${session.actor}.${kase.case}.${audit.audit}`;
  const [form, setForm, forget] = useKept<FindingDraft>(name, blank);
  const set = (change: Partial<FindingDraft>) => setForm((now) => ({ ...now, ...change }));
  useTaken(kase.case, audit, set);
  const lacks = lacksOf(form, scheme);
  const commands = useMemo(() => findingCommands(form, audit, scheme), [form, audit, scheme]);
  const posting = usePosting({
    id: kase.case,
    to: `/v1/cases/${kase.case}/batch`,
    body: lacks.length === 0 ? { commands } : null,
    etag: audit.etag,
    onPosted: (posted) => {
      const seqs = posted.map((each) => each.seq);
      const [first = 0, last = first] = [seqs[0], seqs.at(-1)];
      tell(first === last ? t('common.posted', { seq: first }) : t('clauses.posted', { first, last }));
      forget();
      navigate(to(`/cases/${kase.case}/findings/F${audit.findings.length + 1}?audit=${audit.audit}`));
    },
  });
  const { preview, refusal, busy } = posting;
  return (
    <div className="paper-page">
      <section className="sheet paper">
        <h2>{t('findings.form')}</h2>
        {preview ? (
          <div className="command">
            <Previewed rehearsals={preview} />
          </div>
        ) : (
          <FindingFields kase={kase} audit={audit} scheme={scheme} form={form} set={set} />
        )}
        {refusal && (
          <Refused
            refusal={refusal}
            onRebase={posting.rebase}
            onDismiss={posting.dismiss}
            mine={{
              shown: `${form.clause} ${form.statement}`,
              touches: (item) => item.event.data['clause'] === form.clause,
              onDrop: () => {
                forget();
                navigate(to(`/cases/${kase.case}/findings?audit=${audit.audit}`));
              },
            }}
          />
        )}
        <div className="head paper-foot">
          <span className="quiet small" role="status">
            {!preview &&
              (lacks.length > 0
                ? lacks.map((lack) => t(`findings.lack.${lack}`)).join(t('common.semi'))
                : t('clauses.draft.kept'))}
          </span>
          <span className="grow" />
          {preview ? (
            <>
              <Button onClick={posting.back}>{t('common.back')}</Button>
              <Button type="primary" loading={busy} onClick={() => void posting.confirm()}>
                {t(refusal?.status === 0 ? 'common.retry' : 'common.confirm')}
              </Button>
            </>
          ) : (
            <>
              <Button onClick={forget}>{t('findings.form.clear')}</Button>
              <Button type="primary" loading={busy} disabled={lacks.length > 0} onClick={() => void posting.rehearse()}>
                {t('common.preview')}
              </Button>
            </>
          )}
        </div>
      </section>
      <div className="stack">
        <Calculator id={kase.case} audit={audit} scheme={scheme} standing={standing} form={form} set={set} />
        <SimilarFindings clause={form.clause} statement={form.statement} />
      </div>
    </div>
  );
}

/** What the address says: a clause, or a draw whose sample was gone through. */
function useTaken(id: string, audit: Audit, set: (change: Partial<FindingDraft>) => void) {
  const { t } = useWords();
  const [search] = useSearchParams();
  const clause = search.get('clause');
  const population = audit.populations.find((p) => p.population === search.get('population'));
  const draw = population?.draws.find((d) => String(d.draw) === search.get('draw'));
  const [bad] = useMarks(id, audit.audit, population?.population ?? '', draw?.draw ?? 0);
  useEffect(() => {
    if (clause) set({ clause });
    if (!population || !draw) return;
    set({
      ...(population.clause ? { clause: population.clause } : {}),
      deduct: 'sampled',
      population: String(population.size),
      size: String(draw.items.length),
      bad: String(bad.length),
      source: t('findings.source', {
        population: population.population,
        draw: draw.draw,
        seq: draw.entry.seq,
        items: bad.join('、') || t('common.none'),
      }),
    });
    // Taken once, when the page opens: afterwards the form is the auditor's.
  }, []);
}
