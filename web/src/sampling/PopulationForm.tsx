import { useEffect, useState } from 'react';
import type { Audit, Case, Scheme } from '../api/types';
import { ClauseChoice } from '../findings/ClauseChoice';
import { store } from '../evidence/store';
import { CommandDialog } from '../shell/CommandDialog';
import { useWords } from '../words/useWords';
import { itemsOf, listOf, type List } from './list';

interface Props {
  kase: Case;
  audit: Audit & { etag: string };
  scheme: Scheme;
  clause: string;
  onClose: () => void;
  onPosted: (population: string) => void;
}

/** The server takes no longer list. */
const mostItems = 100_000;

/** The list comes first: pasted or read from a file, hashed here, kept, and its digest entered. */
export function PopulationForm({ kase, audit, scheme, clause: first, onClose, onPosted }: Props) {
  const { t } = useWords();
  const [subject, setSubject] = useState('');
  const [clause, setClause] = useState(first);
  const [text, setText] = useState('');
  const list = useList(text);
  const fits = list !== null && list.items.length > 0 && list.items.length <= mostItems;
  const body =
    fits && subject.trim()
      ? { subject: subject.trim(), ...(clause ? { clause } : {}), digest: list.digest, size: list.items.length }
      : null;
  return (
    <CommandDialog
      title={t('sampling.population.new')}
      id={kase.case}
      path={`audits/${audit.audit}/populations`}
      body={body}
      etag={audit.etag}
      prepare={async () => {
        if (list) await store(list.bytes, 'text/plain', subject);
      }}
      onClose={onClose}
      onPosted={() => onPosted(`P${audit.populations.length + 1}`)}
    >
      <p className="quiet">{t('sampling.population.hint')}</p>
      <label>
        {t('sampling.subject')}
        <input
          className="native"
          value={subject}
          placeholder={t('sampling.subject.example')}
          onChange={(event) => setSubject(event.target.value)}
        />
      </label>
      <ClauseChoice scheme={scheme} value={clause} onChange={setClause} optional />
      <label>
        {t('sampling.list')}
        <textarea
          className="native mono list-text"
          value={text}
          spellCheck={false}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <label>
        {t('sampling.file')}
        <input
          type="file"
          className="native"
          accept=".txt,.csv,.tsv,text/plain,text/csv"
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file) void file.text().then(setText);
          }}
        />
      </label>
      {list && list.items.length > 0 && (
        <dl className="facts" role="status">
          <dt>{t('sampling.size')}</dt>
          <dd className="num">
            N = {list.items.length}
            {!fits && <span className="loss"> {t('sampling.toolong', { count: mostItems })}</span>}
          </dd>
          {list.repeated.length > 0 && (
            <>
              <dt>{t('sampling.repeated')}</dt>
              <dd className="loss">
                {list.repeated.slice(0, 5).join('、')} ({list.repeated.length})
              </dd>
            </>
          )}
          <dt>{t('sampling.digest')}</dt>
          <dd className="mono break">{list.digest}</dd>
        </dl>
      )}
    </CommandDialog>
  );
}

/** The list of the text; null until it is hashed. */
function useList(text: string): List | null {
  const [list, setList] = useState<List | null>(null);
  useEffect(() => {
    let overtaken = false;
    setList(null);
    void listOf(itemsOf(text)).then((made) => {
      if (!overtaken) setList(made);
    });
    return () => {
      overtaken = true;
    };
  }, [text]);
  return list;
}
