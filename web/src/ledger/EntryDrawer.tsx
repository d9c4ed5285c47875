import { lazy, Suspense } from 'react';
import { useSearchParams } from 'react-router-dom';

const Entry = lazy(() => import('./Entry').then((m) => ({ default: m.Entry })));

/** ?entry=41 anywhere shows the entry over the page. */
export function EntryDrawer() {
  const [search, setSearch] = useSearchParams();
  const seq = Number(search.get('entry') ?? '');
  if (!Number.isSafeInteger(seq) || seq < 1) return null;
  const close = () => {
    setSearch((now) => {
      const next = new URLSearchParams(now);
      next.delete('entry');
      return next;
    });
  };
  return (
    <Suspense>
      <Entry seq={seq} onClose={close} />
    </Suspense>
  );
}
