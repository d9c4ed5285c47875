import { useWords } from '../words/useWords';
import { To } from './links';

/** A page above this one. */
export interface Place {
  path: string;
  label: string;
}

/** The way to a page from the list that it belongs to; the last part is the page itself. */
export function Trail({ above, here }: { above: Place[]; here: string }) {
  const { t } = useWords();
  return (
    <nav className="trail" aria-label={t('nav.trail')}>
      <ol>
        {above.map((place) => (
          <li key={place.path}>
            <To path={place.path}>{place.label}</To>
          </li>
        ))}
        <li aria-current="page">{here}</li>
      </ol>
    </nav>
  );
}
