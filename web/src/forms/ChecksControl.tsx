import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useWords } from '../words/useWords';
import type { CheckLine } from './form';

/** What was looked at, one a line: subject, in order or not, remark. */
export function ChecksControl({ value, onChange }: { value: CheckLine[]; onChange: (value: CheckLine[]) => void }) {
  const { t } = useWords();
  const change = (at: number, part: Partial<CheckLine>) =>
    onChange(value.map((line, i) => (i === at ? { ...line, ...part } : line)));
  return (
    <div className="lines">
      {value.map((line, i) => (
        <div className="line" key={i}>
          <input
            className="native"
            aria-label={t('field.subject')}
            placeholder={t('field.subject')}
            value={line.subject}
            onChange={(event) => change(i, { subject: event.target.value })}
          />
          <label className="tick nowrap">
            <input
              type="checkbox"
              checked={line.passed}
              onChange={(event) => change(i, { passed: event.target.checked })}
            />{' '}
            {t('field.passed')}
          </label>
          <input
            className="native"
            aria-label={t('field.remark')}
            placeholder={t('field.remark')}
            value={line.remark}
            onChange={(event) => change(i, { remark: event.target.value })}
          />
          <Button
            icon={<DeleteOutlined aria-hidden />}
            aria-label={t('form.remove')}
            onClick={() => onChange(value.filter((_, at) => at !== i))}
          />
        </div>
      ))}
      <div>
        <Button
          icon={<PlusOutlined aria-hidden />}
          onClick={() => onChange([...value, { subject: '', passed: true, remark: '' }])}
        >
          {t('form.add')}
        </Button>
      </div>
    </div>
  );
}
