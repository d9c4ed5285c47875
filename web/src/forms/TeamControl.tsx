import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { Member } from '../api/types';
import { Choice } from '../table/Choice';
import { useWords } from '../words/useWords';
import { PersonControl } from './PersonControl';

const roles = ['lead', 'auditor', 'expert', 'observer'] as const;

/** The members of a team, each with what they do in it. */
export function TeamControl({ value, onChange }: { value: Member[]; onChange: (value: Member[]) => void }) {
  const { t, v } = useWords();
  const change = (at: number, part: Partial<Member>) =>
    onChange(value.map((member, i) => (i === at ? { ...member, ...part } : member)));
  const role = value.some((member) => member.role === 'lead') ? 'auditor' : 'lead';
  return (
    <div className="lines">
      {value.map((member, i) => (
        <div className="line" key={i}>
          <PersonControl
            label={t('form.person')}
            value={member.actor}
            only={[]}
            onChange={(actor) => change(i, { actor })}
          />
          <Choice
            label={t('form.role')}
            value={member.role}
            options={roles.map((each) => ({ value: each, label: v('team', each) }))}
            onChange={(chosen) => change(i, { role: chosen as Member['role'] })}
          />
          <Button
            icon={<DeleteOutlined aria-hidden />}
            aria-label={t('form.remove')}
            onClick={() => onChange(value.filter((_, at) => at !== i))}
          />
        </div>
      ))}
      <div>
        <Button icon={<PlusOutlined aria-hidden />} onClick={() => onChange([...value, { actor: '', role }])}>
          {t('form.add')}
        </Button>
      </div>
    </div>
  );
}
