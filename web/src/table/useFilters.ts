import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/** Filters stand in the address, so that a view can be kept as a bookmark and sent to somebody. */
export function useFilters<Name extends string>(names: readonly Name[]) {
  const [search, setSearch] = useSearchParams();
  const values = Object.fromEntries(names.map((name) => [name, search.get(name) ?? ''])) as Record<Name, string>;
  const set = useCallback(
    (name: Name, value: string) => {
      setSearch(
        (now) => {
          const next = new URLSearchParams(now);
          if (value) next.set(name, value);
          else next.delete(name);
          return next;
        },
        { replace: true },
      );
    },
    [setSearch],
  );
  const clear = useCallback(() => {
    setSearch(
      (now) => {
        const next = new URLSearchParams(now);
        for (const name of names) next.delete(name);
        return next;
      },
      { replace: true },
    );
  }, [names, setSearch]);
  return { values, set, clear, any: names.some((name) => values[name] !== '') };
}
