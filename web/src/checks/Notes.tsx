import { Button } from 'antd';
import { useState } from 'react';
import type { Case, CaseRow, Review } from '../api/types';
import { CommandDialog } from '../shell/CommandDialog';
import { EntryLink, To } from '../shell/links';
import { Choice } from '../table/Choice';
import { minuteOf } from '../words/time';
import { useWords } from '../words/useWords';

interface Props {
  kase: Case;
  review: Review;
  rows: CaseRow[];
  writable: boolean;
}

/** What the assessor noted and looked at: entries like all others, kept as they were written. */
export function Notes({ kase, review, rows, writable }: Props) {
  const { t } = useWords();
  const [form, setForm] = useState<'note' | 'view' | null>(null);
  const nameOf = (id: string) => rows.find((row) => row.case === id)?.organization ?? `…${id.slice(-8)}`;
  return (
    <>
      <section className="sheet">
        <div className="head">
          <h2>{t('review.notes')}</h2>
          <span className="grow" />
          {writable && (
            <Button type="primary" onClick={() => setForm('note')}>
              {t('review.note.new')}
            </Button>
          )}
        </div>
        {review.notes.length === 0 && <p className="quiet">{t('common.none')}</p>}
        <table className="plain">
          <tbody>
            {review.notes.map((note) => (
              <tr key={note.note}>
                <td>{note.note}</td>
                <td className="clause-text">
                  {note.statement}
                  {note.about && (
                    <div>
                      <To path={`/cases/${note.about}`}>{nameOf(note.about)}</To>{' '}
                      {note.seq && <EntryLink seq={note.seq} />}
                    </div>
                  )}
                </td>
                <td className="quiet num nowrap">{minuteOf(note.entry.recorded_at)}</td>
                <td>
                  <EntryLink seq={note.entry.seq} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section className="sheet">
        <div className="head">
          <h2>{t('review.views')}</h2>
          <span className="grow" />
          {writable && rows.length > 0 && <Button onClick={() => setForm('view')}>{t('review.view.new')}</Button>}
        </div>
        {review.views.length === 0 && <p className="quiet">{t('common.none')}</p>}
        <table className="plain">
          <tbody>
            {review.views.map((view) => (
              <tr key={view.entry.seq}>
                <td>
                  <To path={`/cases/${view.case}?as_of=seq:${view.as_of}`}>{nameOf(view.case)}</To>
                </td>
                <td className="num">{t('asof.until', { point: `#${view.as_of}` })}</td>
                <td className="quiet num nowrap">{minuteOf(view.entry.recorded_at)}</td>
                <td>
                  <EntryLink seq={view.entry.seq} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {form && <NoteForm kase={kase} rows={rows} kind={form} onClose={() => setForm(null)} />}
    </>
  );
}

function NoteForm({
  kase,
  rows,
  kind,
  onClose,
}: {
  kase: Case;
  rows: CaseRow[];
  kind: 'note' | 'view';
  onClose: () => void;
}) {
  const { t } = useWords();
  const [about, setAbout] = useState(kind === 'view' ? (rows[0]?.case ?? '') : '');
  const [seq, setSeq] = useState('');
  const [statement, setStatement] = useState('');
  const number = /^[1-9]\d*$/.test(seq) ? Number(seq) : undefined;
  const note =
    statement.trim() && (seq === '' || (number && about))
      ? { statement: statement.trim(), ...(about ? { about } : {}), ...(number ? { seq: number } : {}) }
      : null;
  return (
    <CommandDialog
      title={t(kind === 'note' ? 'review.note.new' : 'review.view.new')}
      id={kase.case}
      path={kind === 'note' ? 'notes' : 'views'}
      body={kind === 'note' ? note : about ? { case: about } : null}
      onClose={onClose}
    >
      <label>
        {t('review.about')}
        <Choice
          label={t('review.about')}
          value={about}
          options={[
            ...(kind === 'note' ? [{ value: '', label: t('common.none') }] : []),
            ...rows.map((row) => ({ value: row.case, label: row.organization })),
          ]}
          onChange={setAbout}
        />
      </label>
      {kind === 'note' && (
        <>
          <label>
            {t('review.seq')}
            <input
              className="native num"
              inputMode="numeric"
              value={seq}
              onChange={(event) => setSeq(event.target.value.replace(/^#/, '').trim())}
            />
          </label>
          <label>
            {t('review.statement')}
            <textarea className="native" value={statement} onChange={(event) => setStatement(event.target.value)} />
          </label>
        </>
      )}
    </CommandDialog>
  );
}
