import { useCallback, useEffect, useState } from 'react';

export const speeds = [1, 2, 4, 8, 16, 32, 64] as const;

/** The place of the replay among a number of entries: 0 to last. Playing moves it on; a hand on the slider
 * stops the play. */
export function useReplay(last: number, start: number) {
  const [at, setAt] = useState(start);
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<number>(4);
  useEffect(() => setAt((now) => Math.min(now, last)), [last]);
  useEffect(() => {
    if (!playing) return;
    const timer = window.setInterval(() => {
      setAt((now) => Math.min(last, now + 1));
    }, 1000 / speed);
    return () => window.clearInterval(timer);
  }, [playing, speed, last]);
  useEffect(() => {
    if (at >= last) setPlaying(false);
  }, [at, last]);
  const go = useCallback(
    (to: number) => {
      setPlaying(false);
      setAt(Math.max(0, Math.min(last, to)));
    },
    [last],
  );
  const toggle = useCallback(() => {
    setPlaying((now) => !now);
    setAt((now) => (now >= last ? 0 : now));
  }, [last]);
  return { at, go, playing, toggle, speed, setSpeed };
}

export type Replay = ReturnType<typeof useReplay>;
