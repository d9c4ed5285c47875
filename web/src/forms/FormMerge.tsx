import { Button } from 'antd';
import { useMemo, useState } from 'react';
import type { LedgerItem } from '../api/types';
import { EntryLink } from '../shell/links';
import { EntryLines, MergeView, MineOrTheirs, Untouched, type MergeLine } from '../shell/MergeView';
import { useWords } from '../words/useWords';
import type { About, Form, Values } from './form';
import { meetForm, settleForm, textOf, type Meeting } from './merge';

interface Props {
  form: Form;
  values: Values;
  about: About;
  missed: LedgerItem[];
  onMerged: (values: Values) => void;
  /** Nothing of the form is wanted any more. */
  onDrop: () => void;
  onClose: () => void;
}

/** A form beside what the ledger got meanwhile: field by field where the same was entered, and the rest below. */
export function FormMerge({ form, values, about, missed, onMerged, onDrop, onClose }: Props) {
  const words = useWords();
  const { t, named } = words;
  const { item, meetings, others } = useMemo(
    () => meetForm(form, values, about, missed, words),
    [form, values, about, missed, words],
  );
  const [taken, setTaken] = useState<ReadonlySet<string>>(new Set());
  const choose = (key: string, mine: boolean) => {
    const next = new Set(taken);
    if (mine) next.delete(key);
    else next.add(key);
    setTaken(next);
  };
  const nameOf = ({ key, field }: Meeting) =>
    field.kind === 'documents'
      ? named(about.lists.documents.find((each) => each.document === key)?.name) || key
      : t(field.label);
  const shown = (meeting: Meeting, value: Meeting['mine']) =>
    textOf(meeting.field, value, about, words) || <span className="quiet">{t('merge.nothing')}</span>;
  const whole = meetings.length === 0 && item ? [wholeEntry(item, !taken.has(''), (mine) => choose('', mine))] : [];
  const lines: MergeLine[] = [
    ...meetings.map((meeting) => ({
      key: meeting.key,
      what: nameOf(meeting),
      mine: shown(meeting, meeting.mine),
      theirs: (
        <>
          {shown(meeting, meeting.theirs)} <EntryLink seq={meeting.item.seq} />
        </>
      ),
      result: (
        <MineOrTheirs
          of={nameOf(meeting)}
          mine={!taken.has(meeting.key)}
          onChoose={(mine) => choose(meeting.key, mine)}
        />
      ),
    })),
    ...whole.map(({ mine, theirs, onChoose }) => ({
      key: 'whole',
      what: t('merge.whole'),
      mine: t('merge.same'),
      theirs: <EntryLines items={[theirs]} />,
      result: <MineOrTheirs of={t('merge.whole')} mine={mine} onChoose={onChoose} />,
    })),
    ...others.map((other) => ({
      key: String(other.seq),
      what: t('merge.others'),
      mine: <span className="quiet">–</span>,
      theirs: <EntryLines items={[other]} />,
      result: <Untouched />,
    })),
  ];
  const decided = meetings.length + whole.length;
  const nothing = decided > 0 && taken.size === decided;
  const keep = new Set(meetings.map((meeting) => meeting.key).filter((key) => !taken.has(key)));
  return (
    <MergeView
      what={t('merge.field')}
      missed={missed.length}
      lines={lines}
      onClose={onClose}
      footer={
        nothing ? (
          <Button type="primary" onClick={onDrop}>
            {t('merge.drop')}
          </Button>
        ) : (
          <Button type="primary" onClick={() => onMerged(settleForm(values, meetings, keep))}>
            {t('merge.go')}
          </Button>
        )
      }
    />
  );
}

function wholeEntry(theirs: LedgerItem, mine: boolean, onChoose: (mine: boolean) => void) {
  return { theirs, mine, onChoose };
}
