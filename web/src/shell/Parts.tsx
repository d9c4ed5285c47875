import { useLocation } from 'react-router-dom';

interface Props {
  label: string;
  /** The member of the address that names the part. */
  name: string;
  value: string;
  parts: { value: string; label: string }[];
}

/** The parts of a page, each with an address: they look and work like the pages of a case. */
export function Parts({ label, name, value, parts }: Props) {
  const { pathname, search } = useLocation();
  const hrefOf = (part: string) => {
    const query = new URLSearchParams(search);
    query.set(name, part);
    return `${pathname}?${query}`;
  };
  return (
    <nav className="tabs" aria-label={label}>
      {parts.map((part) => (
        <a
          key={part.value}
          data-to
          href={hrefOf(part.value)}
          className={part.value === value ? 'active' : ''}
          aria-current={part.value === value ? 'page' : undefined}
        >
          {part.label}
        </a>
      ))}
    </nav>
  );
}
