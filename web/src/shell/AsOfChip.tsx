import { ClockCircleOutlined, HistoryOutlined } from '@ant-design/icons';
import { lazy, Suspense } from 'react';
import { useWords } from '../words/useWords';
import { pointLabel, useAsOf } from './asof';
import { Flyout } from './Flyout';
import { Waiting } from './States';

const AsOfPanel = lazy(() => import('./AsOfPanel').then((m) => ({ default: m.AsOfPanel })));

/** 实时, or the instant that everything on the page shows. */
export function AsOfChip() {
  const { t } = useWords();
  const { point, past, set } = useAsOf();
  return (
    <Flyout
      className={past ? 'chip past' : 'chip'}
      side="left"
      label={
        <>
          {past ? <HistoryOutlined aria-hidden /> : <ClockCircleOutlined aria-hidden />}
          {point ? t('asof.until', { point: pointLabel(point) }) : t('asof.live')}
        </>
      }
    >
      {(close) => (
        <Suspense fallback={<Waiting />}>
          <AsOfPanel
            point={point}
            onChoose={(to) => {
              set(to);
              close();
            }}
          />
        </Suspense>
      )}
    </Flyout>
  );
}
