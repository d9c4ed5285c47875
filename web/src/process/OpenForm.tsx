import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router-dom';
import type { FullAudit, FullCase } from '../api/process';
import type { Posted } from '../api/types';
import { forms } from '../forms';
import type { About, Form } from '../forms/form';
import { FormDialog } from '../forms/FormDialog';
import { SubjectChoice } from '../forms/SubjectChoice';
import { useLists } from '../forms/useLists';
import { useAsOf } from '../shell/asof';
import { useWords } from '../words/useWords';
import { useOpenForm } from './useOpenForm';

/** The form that the address names, over the page. */
export function OpenForm({ kase, audit }: { kase?: FullCase; audit?: FullAudit }) {
  const [search, setSearch] = useSearchParams();
  const navigate = useNavigate();
  const open = useOpenForm();
  const { past } = useAsOf();
  const form = forms.get(search.get('form') ?? '');
  const scheme = audit?.scheme ?? kase?.scheme;
  const lists = useLists(scheme);
  if (!form || past || !lists || (!kase && form !== forms.get('open-case'))) return null;
  const subject = search.get('about') || undefined;
  const about = { kase, audit, subject, lists };
  const close = () =>
    setSearch(
      (now) => {
        const next = new URLSearchParams(now);
        next.delete('form');
        next.delete('about');
        return next;
      },
      { replace: true },
    );
  return (
    <Opened
      key={`${form.id} ${subject}`}
      form={form}
      about={about}
      onChoose={(chosen) => open({ form: form.id, subject: chosen })}
      onClose={close}
      onPosted={(posted) => {
        if (!kase) navigate(`/cases/${posted.case}`);
      }}
    />
  );
}

interface Props {
  form: Form;
  about: About;
  onChoose: (subject: string) => void;
  onClose: () => void;
  onPosted: (posted: Posted) => void;
}

/** The form, or first what it can be about where the address names nothing of the kind. A form that was opened
 * stays, also when somebody else deals with its subject meanwhile: what was filled in is not lost. */
function Opened({ form, about, onChoose, onClose, onPosted }: Props) {
  const words = useWords();
  const there = !form.about || form.about.list(about, words).some(({ value }) => value === about.subject);
  const [met, setMet] = useState(there);
  if (there && !met) setMet(true);
  if ((form.audited && !about.audit) || !met)
    return <SubjectChoice form={form} about={about} onChoose={onChoose} onClose={onClose} />;
  return <FormDialog form={form} about={about} onClose={onClose} onPosted={onPosted} />;
}
