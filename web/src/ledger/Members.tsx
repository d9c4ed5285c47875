import { useWords } from '../words/useWords';

/** The members of the payload, as they are called in the schema: an assessor checks them against it. */
export function Members({ data }: { data: Record<string, unknown> }) {
  const { t } = useWords();
  const rows = flat(data);
  return (
    <section>
      <h2>{t('ledger.members')}</h2>
      <dl className="facts">
        {rows.map(([name, value]) => (
          <div key={name} className="member">
            <dt className="mono">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function flat(value: unknown, at = ''): [string, string][] {
  if (Array.isArray(value)) return value.flatMap((each, i) => flat(each, `${at}[${i}]`));
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([name, each]) => flat(each, at ? `${at}.${name}` : name));
  }
  return [[at, String(value)]];
}
