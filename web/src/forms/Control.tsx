import { EvidenceField } from '../evidence/EvidenceField';
import type { Evidence } from '../api/types';
import { Choice } from '../table/Choice';
import { useWords } from '../words/useWords';
import { ChecksControl } from './ChecksControl';
import { ClausesControl } from './ClausesControl';
import { DocumentsControl } from './DocumentsControl';
import type { About, CheckLine, DocumentLine, Field, Kinds, Kind } from './form';
import { PeopleControl, PersonControl } from './PersonControl';
import { TeamControl } from './TeamControl';

interface Props {
  field: Field;
  id: string;
  describedBy: string | undefined;
  invalid: boolean;
  value: Kinds[Kind] | undefined;
  about: About;
  onChange: (value: Kinds[Kind]) => void;
}

/** The control of a field, by its kind. */
export function Control(props: Props) {
  const { field, about, onChange } = props;
  const words = useWords();
  const label = words.t(field.label);
  const options = field.options?.(about, words) ?? [];
  const value = props.value;
  switch (field.kind) {
    case 'choice':
      return (
        <Choice
          label={label}
          value={(value as string | undefined) ?? ''}
          options={
            value || options.some((o) => o.value === '')
              ? options
              : [{ value: '', label: words.t('form.choose') }, ...options]
          }
          onChange={onChange}
        />
      );
    case 'person':
      return <PersonControl label={label} value={(value as string) ?? ''} only={options} onChange={onChange} />;
    case 'people':
      return <PeopleControl label={label} value={(value as string[]) ?? []} only={options} onChange={onChange} />;
    case 'team':
      return <TeamControl value={(value as Kinds['team']) ?? []} onChange={onChange} />;
    case 'files':
      return <EvidenceField value={(value as Evidence[]) ?? []} onChange={onChange} />;
    case 'checks':
      return <ChecksControl value={(value as CheckLine[]) ?? []} onChange={onChange} />;
    case 'clauses':
      return <ClausesControl value={(value as string[]) ?? []} scheme={about.lists.scheme} onChange={onChange} />;
    case 'documents':
      return (
        <DocumentsControl value={(value as Record<string, DocumentLine>) ?? {}} about={about} onChange={onChange} />
      );
    default:
      return <TextControl {...props} />;
  }
}

const types = { line: 'text', decimal: 'text', day: 'date', instant: 'datetime-local' } as const;

function TextControl({ field, id, describedBy, invalid, value, onChange }: Props) {
  const shared = {
    id,
    className: 'native',
    value: (value as string | undefined) ?? '',
    required: field.required,
    'aria-describedby': describedBy,
    'aria-invalid': invalid || undefined,
  };
  if (field.kind === 'text' || field.kind === 'lines')
    return <textarea {...shared} onChange={(event) => onChange(event.target.value)} />;
  return (
    <input
      {...shared}
      type={types[field.kind as keyof typeof types]}
      inputMode={field.kind === 'decimal' ? 'decimal' : undefined}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
