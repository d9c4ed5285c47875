import { useKept } from '../shell/useKept';

/** Which items of a draw did not conform: the working paper of whoever goes through the sample, kept in this
 * browser until it stands in a finding. */
export function useMarks(id: string, audit: number, population: string, draw: number) {
  const [marked, setMarked] = useKept<number[]>(`starledger.marks.${id}.${audit}.${population}.${draw}`, none);
  const toggle = (item: number) =>
    setMarked((now) => (now.includes(item) ? now.filter((other) => other !== item) : [...now, item].sort(ascending)));
  return [marked, toggle] as const;
}

const none: number[] = [];
const ascending = (a: number, b: number) => a - b;
