import { CaretRightOutlined, PauseOutlined, StepBackwardOutlined, StepForwardOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { LedgerItem } from '../api/types';
import { sentenceOf } from '../ledger/sentence';
import { Who } from '../people/Who';
import { EntryLink } from '../shell/links';
import { secondOf } from '../words/time';
import { useWords } from '../words/useWords';
import { speeds, type Replay } from './useReplay';

/** The slider over all entries of the case: play, arrows one entry at a time, and what the entry was. */
export function ReplayBar({ items, replay }: { items: LedgerItem[]; replay: Replay }) {
  const words = useWords();
  const { t, type } = words;
  const item = items[replay.at];
  return (
    <div className="replay" role="group" aria-label={t('score.replay')}>
      <div className="head">
        <Button
          type="primary"
          shape="circle"
          icon={replay.playing ? <PauseOutlined aria-hidden /> : <CaretRightOutlined aria-hidden />}
          aria-label={t(replay.playing ? 'score.pause' : 'score.play')}
          onClick={replay.toggle}
        />
        <Button
          icon={<StepBackwardOutlined aria-hidden />}
          aria-label={t('score.step.back')}
          onClick={() => replay.go(replay.at - 1)}
        />
        <Button
          icon={<StepForwardOutlined aria-hidden />}
          aria-label={t('score.step.forward')}
          onClick={() => replay.go(replay.at + 1)}
        />
        <input
          className="replay-slider"
          type="range"
          min={0}
          max={Math.max(0, items.length - 1)}
          value={replay.at}
          aria-label={t('score.replay')}
          aria-valuetext={item ? `#${item.seq} ${type(item.event.type)}` : ''}
          onChange={(event) => replay.go(Number(event.target.value))}
        />
        <select
          className="native narrow"
          aria-label={t('score.speed')}
          value={replay.speed}
          onChange={(event) => replay.setSpeed(Number(event.target.value))}
        >
          {speeds.map((speed) => (
            <option key={speed} value={speed}>
              {speed}×
            </option>
          ))}
        </select>
        <span className="quiet num nowrap">{t('score.position', { at: replay.at + 1, total: items.length })}</span>
      </div>
      {item && (
        <p className="replay-entry">
          <EntryLink seq={item.seq} /> <strong>{type(item.event.type)}</strong> {sentenceOf(item.event, words)}{' '}
          <span className="quiet num">
            <Who actor={item.event.actorid} /> · {secondOf(item.event.effectivetime)}
          </span>
        </p>
      )}
    </div>
  );
}
