import { CloseOutlined, PaperClipOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useRef, useState, type DragEvent } from 'react';
import { refusalOf, type Refusal } from '../api/problem';
import type { Evidence } from '../api/types';
import { RefusalView } from '../shell/RefusalView';
import { useWords } from '../words/useWords';
import { mostBytes, storeFile } from './store';
import './evidence.css';

interface Props {
  value: readonly Evidence[];
  onChange: (value: Evidence[]) => void;
}

/** Files that show what was found: chosen or dropped, hashed here, stored, and held against the digest that
 * the server answers. They are evidence once an entry names them. */
export function EvidenceField({ value, onChange }: Props) {
  const { t } = useWords();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [over, setOver] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [large, setLarge] = useState<string[]>([]);

  const take = async (files: File[]) => {
    setLarge(files.filter((file) => file.size > mostBytes).map((file) => file.name));
    setRefusal(null);
    setBusy(true);
    const kept = [...value];
    try {
      for (const file of files.filter((each) => each.size <= mostBytes)) {
        const stored = await storeFile(file);
        if (!kept.some((each) => each.sha256 === stored.sha256)) kept.push(stored);
        onChange([...kept]);
      }
    } catch (error) {
      setRefusal(refusalOf(error));
    } finally {
      setBusy(false);
    }
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void take([...event.dataTransfer.files]);
  };
  return (
    <div
      className={`evidence-field${over ? ' over-it' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <div className="head">
        <Button icon={<PaperClipOutlined aria-hidden />} loading={busy} onClick={() => input.current?.click()}>
          {t('evidence.add')}
        </Button>
        <span className="quiet small">{t('evidence.hint')}</span>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          aria-label={t('evidence.add')}
          onChange={(event) => {
            const files = [...(event.target.files ?? [])];
            event.target.value = '';
            void take(files);
          }}
        />
      </div>
      {value.length > 0 && (
        <ul className="evidence-list">
          {value.map((each) => (
            <li key={each.sha256} data-evidence={each.sha256}>
              <span className="name">{each.name}</span>
              <span className="good-text small">✓ {t('evidence.same')}</span>
              <span className="mono quiet clip" title={each.sha256}>
                {each.sha256}
              </span>
              <Button
                type="text"
                size="small"
                icon={<CloseOutlined aria-hidden />}
                aria-label={t('evidence.remove', { name: each.name })}
                onClick={() => onChange(value.filter((other) => other !== each))}
              />
            </li>
          ))}
        </ul>
      )}
      {large.length > 0 && <p className="loss">{t('evidence.large', { names: large.join(t('common.and')) })}</p>}
      {refusal && <RefusalView refusal={refusal} brief />}
    </div>
  );
}
