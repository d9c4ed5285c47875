import { Button, Popconfirm } from 'antd';
import { secondOf } from '../words/time';
import { useWords } from '../words/useWords';
import { forget } from './memory';
import type { Alarming } from './glance';
import type { Watch } from './useWatch';

interface Props {
  watch: Watch;
  found: Alarming;
}

/** The log is not the one that this browser knows: said across the page, until a person has dealt with it. */
export function Alarm({ watch, found }: Props) {
  const { t } = useWords();
  return (
    <section className="alarm" role="alert" data-alarm={found.alarm}>
      <h2>✖ {t(`alarm.${found.alarm}`)}</h2>
      <dl className="facts">
        <dt>{t('alarm.before')}</dt>
        <dd className="mono break">
          {found.before}
          {watch.memory && <div className="quiet num">{secondOf(watch.memory.pinnedAt)}</div>}
        </dd>
        <dt>{t('alarm.now')}</dt>
        <dd className="mono break">
          {found.now}
          <div className="quiet num">{secondOf(found.at)}</div>
        </dd>
      </dl>
      <p>{t('alarm.do')}</p>
      <div className="head">
        <Button onClick={watch.look}>{t('common.retry')}</Button>
        <Popconfirm
          title={t('alarm.trust.sure')}
          okText={t('alarm.trust')}
          cancelText={t('common.cancel')}
          onConfirm={() => {
            forget();
            watch.look();
          }}
        >
          <Button danger>{t('alarm.trust')}</Button>
        </Popconfirm>
      </div>
    </section>
  );
}
