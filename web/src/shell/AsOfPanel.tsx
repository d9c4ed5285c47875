import { Button, Input } from 'antd';
import { useState } from 'react';
import { useWords } from '../words/useWords';
import { useLive } from './live';

interface Props {
  point?: string;
  onChoose: (point: string | undefined) => void;
}

/** Chooses the instant that everything shows: by an entry's number or by the clock. */
export function AsOfPanel({ point, onChoose }: Props) {
  const { t } = useWords();
  const { head } = useLive();
  const [seq, setSeq] = useState(point?.startsWith('seq:') ? point.slice(4) : '');
  const [time, setTime] = useState('');
  const chosen = /^[1-9]\d*$/.test(seq) ? `seq:${seq}` : asTime(time);
  return (
    <form
      className="asof-choice"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen) onChoose(chosen);
      }}
    >
      <h2>{t('asof.title')}</h2>
      <p className="quiet">{t('asof.hint')}</p>
      <label>
        {t('asof.seq')}
        <Input
          inputMode="numeric"
          prefix="#"
          placeholder={String(head)}
          value={seq}
          onChange={(event) => {
            setSeq(event.target.value);
            setTime('');
          }}
        />
      </label>
      <label>
        {t('asof.time')}
        <input
          className="native"
          type="datetime-local"
          value={time}
          onChange={(event) => {
            setTime(event.target.value);
            setSeq('');
          }}
        />
      </label>
      <div className="head">
        <Button type="primary" htmlType="submit" disabled={!chosen}>
          {t('asof.apply')}
        </Button>
        {point && <Button onClick={() => onChoose(undefined)}>{t('asof.back')}</Button>}
      </div>
    </form>
  );
}

/** What datetime-local gives is the clock of the certification body. */
function asTime(local: string): string | undefined {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(local) ? `${local}:00+08:00` : undefined;
}
