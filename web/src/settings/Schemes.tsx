import { useQuery } from '@tanstack/react-query';
import { get } from '../api/client';
import type { Page, SchemeRow } from '../api/types';
import { Loaded } from '../shell/States';
import { useFilters } from '../table/useFilters';
import { useWords } from '../words/useWords';
import { SchemeView } from './SchemeView';

const names = ['scheme', 'version'] as const;

/** The schemes with their versions; two versions of one are held against each other. */
export function Schemes() {
  const schemes = useQuery({
    queryKey: ['lists', 'schemes'],
    queryFn: async ({ signal }) => (await get<Page<SchemeRow>>('/v1/schemes', {}, signal)).data.items,
  });
  return (
    <section className="sheet">
      <Loaded query={schemes}>{(rows) => <List rows={rows} />}</Loaded>
    </section>
  );
}

function List({ rows }: { rows: SchemeRow[] }) {
  const { t, named } = useWords();
  const filters = useFilters(names);
  const { scheme, version } = filters.values;
  const chosen = rows.find((row) => row.id === scheme && row.version === version);
  return (
    <>
      <div className="scroll" tabIndex={0}>
        <table className="plain">
          <thead>
            <tr>
              <th>{t('settings.schemes')}</th>
              <th>{t('settings.version')}</th>
              <th>{t('settings.method')}</th>
              <th>{t('settings.from')}</th>
              <th>{t('score.digest')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.digest}>
                <td>
                  <a
                    href={`?scheme=${row.id}&version=${row.version}`}
                    onClick={(event) => {
                      event.preventDefault();
                      filters.set('scheme', row.id);
                      filters.set('version', row.version);
                    }}
                  >
                    {named(row.title)}
                  </a>
                  <div className="quiet mono">{row.id}</div>
                </td>
                <td>
                  {row.version} {row.current && <span className="tag good">{t('settings.current')}</span>}
                </td>
                <td>{t(`settings.method.${row.method}`)}</td>
                <td className="num nowrap">{row.in_force_from}</td>
                <td className="mono" title={row.digest}>
                  {row.digest.slice(0, 15)}…
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {chosen && (
        <SchemeView
          id={chosen.id}
          version={chosen.version}
          others={rows.filter((row) => row.id === chosen.id && row.version !== chosen.version)}
        />
      )}
    </>
  );
}
