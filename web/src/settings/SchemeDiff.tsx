import { useQuery } from '@tanstack/react-query';
import { get } from '../api/client';
import type { Page } from '../api/types';
import { Empty, Loaded } from '../shell/States';
import { useWords } from '../words/useWords';

interface Difference {
  path: string;
  change: 'added' | 'removed' | 'changed';
  a?: unknown;
  b?: unknown;
  text: string;
}

/** What differs between two versions of a scheme, as the server, which scores by them, tells it. */
export function SchemeDiff({ id, a, b }: { id: string; a: string; b: string }) {
  const { t, v, language } = useWords();
  const query = useQuery({
    queryKey: ['scheme', id, 'diff', a, b, language],
    staleTime: Infinity,
    queryFn: async ({ signal }) => (await get<Page<Difference>>(`/v1/schemes/${id}/diff`, { a, b }, signal)).data.items,
  });
  return (
    <Loaded query={query}>
      {(items) =>
        items.length === 0 ? (
          <Empty title={t('settings.diff.same')} />
        ) : (
          <div className="scroll" tabIndex={0}>
            <table className="plain diff" data-differences={items.length}>
              <thead>
                <tr>
                  <th>{t('settings.diff.change')}</th>
                  <th>{t('settings.diff.a', { version: a })}</th>
                  <th>{t('settings.diff.b', { version: b })}</th>
                </tr>
              </thead>
              <tbody>
                {items.map((d) => (
                  <tr key={d.path} title={d.text}>
                    <td>
                      <span className={`tag ${tone[d.change]}`}>{v('change', d.change)}</span>{' '}
                      <span className="mono break">{d.path.slice(1).replaceAll('/', ' › ')}</span>
                    </td>
                    <td>{d.a !== undefined && <del>{plainly(d.a)}</del>}</td>
                    <td>{d.b !== undefined && <ins>{plainly(d.b)}</ins>}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )
      }
    </Loaded>
  );
}

const tone = { added: 'good', removed: 'loss', changed: 'brand' } as const;

function plainly(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
