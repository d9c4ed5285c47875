import { useState } from 'react';
import { usePeople } from '../people/people';
import { Choice } from '../table/Choice';
import { useWords } from '../words/useWords';
import type { Option } from './form';

interface Props {
  label: string;
  value: string;
  /** The persons to choose from; without them, everybody in the registry. */
  only: Option[];
  onChange: (value: string) => void;
}

const other = '\u0000';

/** A person by name. Somebody whom the registry does not name yet is given by id. */
export function PersonControl({ label, value, only, onChange }: Props) {
  const { t } = useWords();
  const people = usePeople();
  const ids = only.length > 0 ? only.map((o) => o.value) : [...people.keys()];
  const [free, setFree] = useState(value !== '' && !ids.includes(value));
  const name = (id: string) => {
    const person = people.get(id);
    return person ? [person.name, id, person.organization].filter(Boolean).join(' · ') : id;
  };
  if (free || ids.length === 0) {
    return (
      <input
        className="native"
        aria-label={`${label} · ${t('form.person.id')}`}
        placeholder={t('form.person.id')}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  }
  return (
    <Choice
      label={label}
      value={value}
      options={[
        { value: '', label: t('form.choose') },
        ...ids.map((id) => ({ value: id, label: name(id) })),
        ...(only.length > 0 ? [] : [{ value: other, label: `${t('form.person.id')}…` }]),
      ]}
      onChange={(chosen) => {
        if (chosen === other) setFree(true);
        onChange(chosen === other ? '' : chosen);
      }}
    />
  );
}

interface PeopleProps {
  label: string;
  value: string[];
  only: Option[];
  onChange: (value: string[]) => void;
}

/** Several of a few people. */
export function PeopleControl({ label, value, only, onChange }: PeopleProps) {
  const people = usePeople();
  return (
    <div className="ticks" role="group" aria-label={label}>
      {only.map((o) => (
        <label key={o.value}>
          <input
            type="checkbox"
            checked={value.includes(o.value)}
            onChange={(event) =>
              onChange(event.target.checked ? [...value, o.value] : value.filter((each) => each !== o.value))
            }
          />{' '}
          {people.get(o.value)?.name ?? o.label}
        </label>
      ))}
    </div>
  );
}
