import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { Audit, Case, Population } from '../api/types';
import { useShownCase } from '../cases/CasePage';
import { useAudit, useScheme } from '../cases/queries';
import { whyReadOnly } from '../clauses/access';
import { useAsOf } from '../shell/asof';
import { EntryLink } from '../shell/links';
import { useSession } from '../shell/session';
import { Empty, Loaded } from '../shell/States';
import { useWords } from '../words/useWords';
import { DrawForm } from './DrawForm';
import { DrawView } from './DrawView';
import { PopulationForm } from './PopulationForm';
import './sampling.css';

/** Samples of an audit: the lists they are drawn from, every draw, and the draw repeated in the browser. */
export function SamplingPage() {
  const { kase, audit: number } = useShownCase();
  const { t } = useWords();
  const audit = useAudit(kase.case, number);
  if (number === 0) return <Empty title={t('case.noaudit')} hint={t('case.noaudit.hint')} />;
  return (
    <Loaded query={audit} sheets={2}>
      {(found) => <Samples kase={kase} audit={found} />}
    </Loaded>
  );
}

function Samples({ kase, audit }: { kase: Case; audit: Audit & { etag: string } }) {
  const { t } = useWords();
  const session = useSession();
  const { past } = useAsOf();
  const [search, setSearch] = useSearchParams();
  const [adding, setAdding] = useState(false);
  const [drawing, setDrawing] = useState<Population | null>(null);
  const scheme = useScheme(audit.scheme.id, audit.scheme.version);
  const scoring = whyReadOnly(session, kase, audit, past) === null;
  const chosen = audit.populations.find((p) => p.population === search.get('population')) ?? audit.populations.at(-1);
  const draw = chosen?.draws.find((d) => String(d.draw) === search.get('draw')) ?? chosen?.draws.at(-1);
  const choose = (population: string, number?: number) =>
    setSearch(
      (now) => {
        const next = new URLSearchParams(now);
        next.set('population', population);
        if (number) next.set('draw', String(number));
        else next.delete('draw');
        return next;
      },
      { replace: true },
    );
  return (
    <>
      <div className="head">
        <h2>{t('sampling.title')}</h2>
        <span className="grow" />
        {scoring && (
          <Button
            type="primary"
            icon={<PlusOutlined aria-hidden />}
            disabled={!scheme.data}
            onClick={() => setAdding(true)}
          >
            {t('sampling.population.new')}
          </Button>
        )}
      </div>
      {audit.populations.length === 0 ? (
        <Empty title={t('sampling.empty')} hint={t('sampling.empty.hint')} />
      ) : (
        <section className="sheet scroll" tabIndex={0} aria-label={t('sampling.title')}>
          <table className="plain">
            <thead>
              <tr>
                <th>{t('sampling.population')}</th>
                <th>{t('sampling.subject')}</th>
                <th>{t('findings.clause')}</th>
                <th className="right">N</th>
                <th>{t('sampling.digest')}</th>
                <th>#</th>
                <th>{t('sampling.draws')}</th>
              </tr>
            </thead>
            <tbody>
              {audit.populations.map((p) => (
                <tr key={p.population} className={p === chosen ? 'chosen' : ''}>
                  <td>
                    <button className="link" onClick={() => choose(p.population)}>
                      {p.population}
                    </button>
                  </td>
                  <td>{p.subject}</td>
                  <td className="num">{p.clause}</td>
                  <td className="right">{p.size}</td>
                  <td className="mono" title={p.digest}>
                    {p.digest.slice(7, 19)}…
                  </td>
                  <td>
                    <EntryLink seq={p.entry.seq} />
                  </td>
                  <td>
                    <span className="draw-links">
                      {p.draws.map((d) => (
                        <button key={d.draw} className="link" onClick={() => choose(p.population, d.draw)}>
                          {t('sampling.nth', { draw: d.draw })} n = {d.items.length}
                        </button>
                      ))}
                      {scoring && (
                        <Button size="small" onClick={() => setDrawing(p)}>
                          {t(p.draws.length > 0 ? 'sampling.redraw' : 'sampling.draw')}
                        </Button>
                      )}
                    </span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {chosen && draw && (
        <DrawView
          key={`${chosen.population}.${draw.draw}`}
          id={kase.case}
          audit={audit.audit}
          population={chosen}
          draw={draw}
          scoring={scoring}
        />
      )}
      {adding && scheme.data && (
        <PopulationForm
          kase={kase}
          audit={audit}
          scheme={scheme.data}
          clause={search.get('clause') ?? ''}
          onClose={() => setAdding(false)}
          onPosted={choose}
        />
      )}
      {drawing && (
        <DrawForm
          id={kase.case}
          path={`audits/${audit.audit}/populations`}
          population={drawing}
          etag={audit.etag}
          onClose={() => setDrawing(null)}
          onPosted={(number) => choose(drawing.population, number)}
        />
      )}
    </>
  );
}
