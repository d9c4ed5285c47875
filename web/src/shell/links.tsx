import type { ReactNode } from 'react';
import { Link, useLocation, useSearchParams } from 'react-router-dom';

/** The address with the instant that is shown now, so that nobody leaves it by following a link. */
export function useTo(): (path: string) => string {
  const [search] = useSearchParams();
  const point = search.get('as_of');
  return (path) => {
    if (!point) return path;
    return `${path}${path.includes('?') ? '&' : '?'}as_of=${encodeURIComponent(point)}`;
  };
}

export function To({ path, children, className }: { path: string; children: ReactNode; className?: string }) {
  const to = useTo();
  return (
    <Link to={to(path)} className={className}>
      {children}
    </Link>
  );
}

/** A #seq anywhere opens the entry, over the page it stands on. */
export function EntryLink({ seq }: { seq: number }) {
  const { pathname, search } = useLocation();
  const next = new URLSearchParams(search);
  next.set('entry', String(seq));
  return (
    <Link className="num nowrap entry-link" to={`${pathname}?${next.toString()}`}>
      #{seq}
    </Link>
  );
}

export function EntryLinks({ seqs }: { seqs: number[] }) {
  return (
    <span>
      {seqs.map((seq, i) => (
        <span key={seq}>
          {i > 0 && ' '}
          <EntryLink seq={seq} />
        </span>
      ))}
    </span>
  );
}
