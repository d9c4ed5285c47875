import { Button } from 'antd';
import { useId, useState } from 'react';
import type { Posted } from '../api/types';
import type { Fault } from '../api/problem';
import { PostingDialog } from '../shell/PostingDialog';
import { RefusalView } from '../shell/RefusalView';
import { EntryLink } from '../shell/links';
import { useSession } from '../shell/session';
import { useKept } from '../shell/useKept';
import { usePosting } from '../shell/usePosting';
import { useTell } from '../shell/Told';
import { useWords, type Words } from '../words/useWords';
import { bodyOf, firstValues, shownFields } from './body';
import { Control } from './Control';
import { type About, type Field, type Form, type Kind, type Kinds, type Values } from './form';
import { draftName } from './drafts';
import { FormMerge } from './FormMerge';
import { Star } from './Star';
import './forms.css';

interface Props {
  form: Form;
  about: About;
  onClose: () => void;
  onPosted?: (posted: Posted) => void;
}

/** A form of the process: fields → preview → confirm → entered. What was filled in outlives a reload. */
export function FormDialog({ form, about, onClose, onPosted }: Props) {
  const words = useWords();
  const { t } = words;
  const session = useSession();
  const subject = form.about?.list(about, words).find(({ value }) => value === about.subject);
  const tell = useTell();
  const id = about.kase?.case ?? '';
  const [first] = useState<Values>({});
  const [kept, setKept, forget] = useKept<Values>(draftName(session.actor, about, form.id), first);
  const [restored] = useState(Object.keys(kept).length > 0);
  const [beginning] = useState(() => firstValues(form, about)); // the present minute among them, so only once
  const values = { ...beginning, ...kept };
  const body = bodyOf(form, values, about);
  const posting = usePosting({
    id,
    to: id ? `/v1/cases/${id}/${form.path(about)}` : '/v1/cases',
    body,
    etag: about.kase && `"${about.kase.case_seq}"`,
    onPosted: (posted) => {
      const last = posted.at(-1);
      tell(t('common.posted', { seq: last?.seq ?? '' }));
      forget();
      onClose();
      if (last) onPosted?.(last);
    },
  });
  const { refusal } = posting;
  return (
    <PostingDialog
      title={[t(form.title), about.subject].filter(Boolean).join(' · ')}
      posting={posting}
      ready={body !== null}
      wide
      onClose={onClose}
      refused={
        refusal?.status === 412 ? (
          <FormMerge
            form={form}
            values={values}
            about={about}
            missed={refusal.problem.missed ?? []}
            onMerged={(merged) => {
              setKept(merged);
              posting.rebase();
            }}
            onDrop={() => {
              forget();
              posting.rebase();
              onClose();
            }}
            onClose={posting.dismiss}
          />
        ) : (
          refusal && <RefusalView refusal={refusal} labelOf={(pointer) => labelOf(form, pointer, t)} />
        )
      }
    >
      {subject && (
        <p className="clause-text quiet">
          {subject.label} <EntryLink seq={subject.entry.seq} />
        </p>
      )}
      {restored && (
        <p className="restored">
          {t('form.draft')}{' '}
          <Button size="small" type="link" onClick={forget}>
            {t('form.fresh')}
          </Button>
        </p>
      )}
      <Fields
        fields={shownFields(form, values, about)}
        values={values}
        about={about}
        faults={refusal?.problem.errors ?? []}
        onChange={(name, value) => setKept((now) => ({ ...now, [name]: value }))}
      />
    </PostingDialog>
  );
}

/** The field that a fault points at, by the name it has in the form. */
function labelOf(form: Form, pointer: string, t: Words['t']): string | undefined {
  const field = form.fields.find(({ name }) => isAbout(pointer, name));
  return field && t(field.label);
}

function isAbout(pointer: string, name: string): boolean {
  const at = `/${name.replace('.', '/')}`;
  return pointer === at || pointer.startsWith(`${at}/`);
}

interface FieldsProps {
  fields: Field[];
  values: Values;
  about: About;
  faults: Fault[];
  onChange: (name: string, value: Kinds[Kind]) => void;
}

function Fields({ fields, values, about, faults, onChange }: FieldsProps) {
  const { t } = useWords();
  return (
    <>
      <div className="fields">
        {fields.map((field) => (
          <FieldRow
            key={field.name}
            field={field}
            value={values[field.name]}
            about={about}
            fault={faults.find((f) => isAbout(f.pointer, field.name))}
            onChange={(value) => onChange(field.name, value)}
          />
        ))}
      </div>
      {fields.some((field) => field.required) && <p className="quiet small">{t('form.required')}</p>}
    </>
  );
}

interface RowProps {
  field: Field;
  value: Kinds[Kind] | undefined;
  about: About;
  fault: Fault | undefined;
  onChange: (value: Kinds[Kind]) => void;
}

/** Label, control, help, and what the server found wrong with it. */
function FieldRow({ field, value, about, fault, onChange }: RowProps) {
  const { t } = useWords();
  const id = useId();
  const help = field.help || fault ? `${id}-help` : undefined;
  return (
    <div className={field.half ? 'field half' : 'field'} data-field={field.name}>
      <label htmlFor={id}>
        {t(field.label)}
        {field.required && <Star />}
      </label>
      <Control
        field={field}
        id={id}
        describedBy={help}
        invalid={fault !== undefined}
        value={value}
        about={about}
        onChange={onChange}
      />
      {help && (
        <p id={help} className="small">
          {fault ? (
            <span className="loss">{fault.message}</span>
          ) : (
            <span className="quiet">{field.help && t(field.help)}</span>
          )}
        </p>
      )}
    </div>
  );
}
