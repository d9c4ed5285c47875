import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { Order } from './DataTable';

/** Which columns are shown and by which the rows are ordered. Both stand in the address, beside the filters. */
export function useTableView() {
  const [search, setSearch] = useSearchParams();
  const hide = search.get('hide') ?? '';
  const sort = search.get('sort') ?? '';
  const put = useCallback(
    (name: string, value: string) =>
      setSearch(
        (now) => {
          const next = new URLSearchParams(now);
          if (value) next.set(name, value);
          else next.delete(name);
          return next;
        },
        { replace: true },
      ),
    [setSearch],
  );
  const hidden = useMemo(() => new Set(hide.split(',').filter(Boolean)), [hide]);
  const order = useMemo(() => orderOf(sort), [sort]);
  const toggle = (key: string) => {
    const next = new Set(hidden);
    if (!next.delete(key)) next.add(key);
    put('hide', [...next].join(','));
  };
  return { hidden, order, toggle, setOrder: (next: Order | null) => put('sort', sortOf(next)) };
}

/** "-score" is by score, from the greatest down. */
export function orderOf(sort: string): Order | null {
  const down = sort.startsWith('-');
  const key = down ? sort.slice(1) : sort;
  return key ? { key, down } : null;
}

export function sortOf(order: Order | null): string {
  return order ? (order.down ? '-' : '') + order.key : '';
}
