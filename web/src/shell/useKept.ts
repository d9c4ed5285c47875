import { useCallback, useState } from 'react';

/** A value that outlives a reload, kept in this browser alone. What another version wrote and cannot be
 * read is as if it were not there. */
export function useKept<T>(name: string, first: T): [T, (value: T | ((now: T) => T)) => void, () => void] {
  const [value, setValue] = useState<T>(() => load(name) ?? first);
  const set = useCallback(
    (next: T | ((now: T) => T)) =>
      setValue((now) => {
        const value = typeof next === 'function' ? (next as (now: T) => T)(now) : next;
        localStorage.setItem(name, JSON.stringify(value));
        return value;
      }),
    [name],
  );
  const forget = useCallback(() => {
    localStorage.removeItem(name);
    setValue(first);
  }, [name, first]);
  return [value, set, forget];
}

function load<T>(name: string): T | undefined {
  const text = localStorage.getItem(name);
  if (text === null) return undefined;
  try {
    return JSON.parse(text) as T;
  } catch {
    localStorage.removeItem(name);
    return undefined;
  }
}
