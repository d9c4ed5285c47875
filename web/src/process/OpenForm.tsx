import { useNavigate, useSearchParams } from 'react-router-dom';
import type { FullAudit, FullCase } from '../api/process';
import { forms } from '../forms';
import { FormDialog } from '../forms/FormDialog';
import { useLists } from '../forms/useLists';
import { useAsOf } from '../shell/asof';

/** The form that the address names, over the page. */
export function OpenForm({ kase, audit }: { kase?: FullCase; audit?: FullAudit }) {
  const [search, setSearch] = useSearchParams();
  const navigate = useNavigate();
  const { past } = useAsOf();
  const form = forms.get(search.get('form') ?? '');
  const scheme = audit?.scheme ?? kase?.scheme;
  const lists = useLists(scheme);
  if (!form || past || !lists) return null;
  const subject = search.get('about') ?? undefined;
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
    <FormDialog
      key={`${form.id} ${subject}`}
      form={form}
      about={{ kase, audit, subject, lists }}
      onClose={close}
      onPosted={(posted) => {
        if (!kase) navigate(`/cases/${posted.case}`);
      }}
    />
  );
}
