import { usePeople } from './people';

/** A person by name; the id, which the ledger holds, is in the tooltip. */
export function Who({ actor }: { actor: string }) {
  const person = usePeople().get(actor);
  if (!person) return <span className="who">{actor}</span>;
  return (
    <span className="who" title={[actor, person.organization].filter(Boolean).join(' · ')}>
      {person.name}
    </span>
  );
}
