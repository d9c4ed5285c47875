import { useNavigate, useSearchParams } from 'react-router-dom';
import type { FullAudit, FullCase } from '../api/process';
import { forms } from '../forms';
import { FormDialog } from '../forms/FormDialog';
import { SubjectChoice } from '../forms/SubjectChoice';
import { useLists } from '../forms/useLists';
import { useAsOf } from '../shell/asof';
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
  if ((form.audited && !audit) || (form.about && !subject))
    return (
      <SubjectChoice
        form={form}
        about={about}
        onChoose={(chosen) => open({ form: form.id, subject: chosen })}
        onClose={close}
      />
    );
  return (
    <FormDialog
      key={`${form.id} ${subject}`}
      form={form}
      about={about}
      onClose={close}
      onPosted={(posted) => {
        if (!kase) navigate(`/cases/${posted.case}`);
      }}
    />
  );
}
