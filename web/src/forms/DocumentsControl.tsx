import { EvidenceField } from '../evidence/EvidenceField';
import { Choice } from '../table/Choice';
import { useWords } from '../words/useWords';
import type { About, DocumentLine } from './form';

interface Props {
  value: Record<string, DocumentLine>;
  about: About;
  onChange: (value: Record<string, DocumentLine>) => void;
}

const untold: DocumentLine = { status: '', reason: '', evidence: [] };

/** The list of application documents: each received with its files, missing, or not applicable. */
export function DocumentsControl({ value, about, onChange }: Props) {
  const { t, v, named } = useWords();
  const standing = new Map(about.kase?.documents?.items.map((item) => [item.document, item.status]));
  return (
    <ul className="documents">
      {about.lists.documents.map((kind) => {
        const line = value[kind.document] ?? untold;
        const change = (part: Partial<DocumentLine>) => onChange({ ...value, [kind.document]: { ...line, ...part } });
        const now = standing.get(kind.document);
        const options = ['received', 'missing', ...(kind.conditional ? ['not_applicable'] : [])];
        return (
          <li key={kind.document}>
            <div className="line">
              <span className="grow">
                {named(kind.name)}{' '}
                {now && <span className={`tag ${now === 'missing' ? 'loss' : 'good'}`}>{v('status', now)}</span>}
              </span>
              <Choice
                label={named(kind.name)}
                value={line.status}
                options={[
                  { value: '', label: '–' },
                  ...options.map((each) => ({ value: each, label: v('status', each) })),
                ]}
                onChange={(status) => change({ status })}
              />
            </div>
            {line.status === 'received' && (
              <EvidenceField value={line.evidence} onChange={(evidence) => change({ evidence })} />
            )}
            {(line.status === 'missing' || line.status === 'not_applicable') && (
              <input
                className="native"
                aria-label={`${named(kind.name)} · ${t('field.reason')}`}
                placeholder={t('field.reason')}
                value={line.reason}
                onChange={(event) => change({ reason: event.target.value })}
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}
