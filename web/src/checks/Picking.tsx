import { Button } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { Case, CaseRow, Population, Review } from '../api/types';
import { DrawForm } from '../sampling/DrawForm';
import { DrawView } from '../sampling/DrawView';
import { CommandDialog } from '../shell/CommandDialog';
import { EntryLink, To } from '../shell/links';
import { Empty } from '../shell/States';
import { useWords } from '../words/useWords';

interface Props {
  kase: Case;
  review: Review;
  cases: CaseRow[];
  writable: boolean;
}

/** The list of cases is made by the server and recorded; the lot falls by the checkpoint after it. */
export function Picking({ kase, review, cases, writable }: Props) {
  const { t } = useWords();
  const [search, setSearch] = useSearchParams();
  const [listing, setListing] = useState(false);
  const [drawing, setDrawing] = useState<Population | null>(null);
  const chosen = review.populations.find((p) => p.population === search.get('population')) ?? review.populations.at(-1);
  const draw = chosen?.draws.find((d) => String(d.draw) === search.get('draw')) ?? chosen?.draws.at(-1);
  const choose = (population: string, number: number) =>
    setSearch(
      (now) => {
        const next = new URLSearchParams(now);
        next.set('population', population);
        next.set('draw', String(number));
        return next;
      },
      { replace: true },
    );
  return (
    <>
      <section className="sheet">
        <div className="head">
          <h2>{t('review.lists')}</h2>
          <span className="grow" />
          {writable && <Button onClick={() => setListing(true)}>{t('review.list.new')}</Button>}
        </div>
        <p className="quiet">{t('review.lists.hint')}</p>
        {review.populations.length === 0 ? (
          <Empty title={t('review.lists.none')} />
        ) : (
          <table className="plain">
            <tbody>
              {review.populations.map((p) => (
                <tr key={p.population} className={p === chosen ? 'chosen' : ''}>
                  <td>{p.population}</td>
                  <td>{p.subject}</td>
                  <td className="num">N = {p.size}</td>
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
                      {writable && (
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
        )}
      </section>
      {chosen && draw && (
        <DrawView
          key={`${chosen.population}.${draw.draw}`}
          id={kase.case}
          audit={reviewItself}
          population={chosen}
          draw={draw}
          show={(id) => (
            <To path={`/cases/${id}`}>{cases.find((row) => row.case === id)?.organization ?? `…${id.slice(-8)}`}</To>
          )}
        />
      )}
      {listing && <ListForm id={kase.case} onClose={() => setListing(false)} />}
      {drawing && (
        <DrawForm
          id={kase.case}
          path="populations"
          population={drawing}
          etag={`"${kase.case_seq}"`}
          onClose={() => setDrawing(null)}
          onPosted={(number) => choose(drawing.population, number)}
        />
      )}
    </>
  );
}

/** A review has no audit; this number stands in the seeds of its draws (events.ReviewItself). */
const reviewItself = 1;

function ListForm({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useWords();
  const [subject, setSubject] = useState('');
  return (
    <CommandDialog
      title={t('review.list.new')}
      id={id}
      path="populations"
      body={subject.trim() ? { subject: subject.trim() } : {}}
      onClose={onClose}
    >
      <p className="quiet">{t('review.list.hint')}</p>
      <label>
        {t('sampling.subject')}
        <input className="native" value={subject} onChange={(event) => setSubject(event.target.value)} />
      </label>
    </CommandDialog>
  );
}
