import type { MouseEvent, ReactNode } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';

// Lists hold hundreds of links, so a link here is a plain anchor: one handler at the frame of the page
// follows them all. Opening one in another tab works as everywhere.

/** Follows the links below it without loading the page anew. */
export function useFollowLinks(): (event: MouseEvent) => void {
  const navigate = useNavigate();
  return (event) => {
    const link = (event.target as HTMLElement).closest<HTMLAnchorElement>('a[data-to]');
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !plain || event.defaultPrevented) return;
    event.preventDefault();
    navigate(link.getAttribute('href') ?? '/');
  };
}

/** The address with the instant that is shown now, so that nobody leaves it by following a link. */
export function useTo(): (path: string) => string {
  const { search } = useLocation();
  return (path) => {
    const point = search.includes('as_of=') ? new URLSearchParams(search).get('as_of') : null;
    if (!point) return path;
    return `${path}${path.includes('?') ? '&' : '?'}as_of=${encodeURIComponent(point)}`;
  };
}

export function To({ path, children, className }: { path: string; children: ReactNode; className?: string }) {
  const to = useTo();
  return (
    <a href={to(path)} data-to className={className}>
      {children}
    </a>
  );
}

/** A #seq anywhere opens the entry, over the page it stands on. */
export function EntryLink({ seq }: { seq: number }) {
  const { pathname, search } = useLocation();
  const others = search.replace(/^\?/, '').replace(/(^|&)entry=\d+/, '');
  return (
    <a
      className="num nowrap entry-link"
      data-to
      href={`${pathname}?${others ? `${others.replace(/^&/, '')}&` : ''}entry=${seq}`}
    >
      #{seq}
    </a>
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
