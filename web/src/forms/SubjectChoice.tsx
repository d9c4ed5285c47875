import { Button, Modal } from 'antd';
import { EntryLink } from '../shell/links';
import { Empty } from '../shell/States';
import { useWords } from '../words/useWords';
import type { About, Form } from './form';
import './forms.css';

interface Props {
  form: Form;
  about: About;
  onChoose: (subject: string) => void;
  onClose: () => void;
}

/** Before a form that has nothing yet to be about, or something that is not there: what it can be about, or what has
 * to happen first. */
export function SubjectChoice({ form, about, onChoose, onClose }: Props) {
  const words = useWords();
  const { t } = words;
  const unplanned = form.audited && !about.audit;
  const subjects = unplanned ? [] : (form.about?.list(about, words) ?? []);
  return (
    <Modal
      open
      title={t(form.title)}
      onCancel={onClose}
      width={720}
      className="form-dialog"
      footer={<Button onClick={onClose}>{t('common.cancel')}</Button>}
    >
      {unplanned && <Empty title={t('case.noaudit')} hint={t('case.noaudit.hint')} />}
      {!unplanned && about.subject && <p>{t('form.about.unknown', { subject: about.subject })}</p>}
      {!unplanned && subjects.length === 0 && (
        <Empty title={t('form.about.none')} hint={form.about && t(form.about.first)} />
      )}
      {subjects.length > 0 && (
        <>
          <p className="quiet">{t('form.about.choose')}</p>
          <ul className="subjects">
            {subjects.map(({ value, label, entry }) => (
              <li key={value} data-subject={value}>
                <span>
                  {label} <EntryLink seq={entry.seq} />
                </span>
                <Button onClick={() => onChoose(value)} aria-label={`${t('form.choose')}${t('common.colon')}${label}`}>
                  {t('cases.select')}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
    </Modal>
  );
}
