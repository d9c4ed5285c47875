import { useQuery } from '@tanstack/react-query';
import type { Draw, Population } from '../api/types';
import { getBytes } from '../api/client';
import { fetchStored } from '../evidence/store';
import { hex, Refuted } from '../proof/bytes';
import { parseCheckpoint, splitNote } from '../proof/note';
import { draw as drawAgain, sameItems, type Drawn } from './draw';
import { linesOf } from './list';

export interface Repeated {
  /** The items of the list, line by line. */
  lines: string[];
  items: number[];
  same: boolean;
}

export function drawnOf(id: string, audit: number, population: Population, made: Draw): Drawn {
  const { population: label, digest, size } = population;
  return { case: id, audit, population: label, digest, size, draw: made.draw, checkpoint: made.checkpoint };
}

/** Repeats a draw in the browser: the kept list has the recorded digest and length, the checkpoint is one of
 * the log and covers the list, and the same items come out. */
export function useRepeated(id: string, audit: number, population: Population, made: Draw) {
  return useQuery({
    queryKey: ['repeated', id, audit, population.population, made.draw],
    staleTime: Infinity,
    retry: false,
    queryFn: async (): Promise<Repeated> => {
      const lines = linesOf(await fetchStored(population.digest, id));
      if (lines.length !== population.size) throw new Refuted(`${lines.length} lines, ${population.size} recorded`);
      await heldAgainstLog(made, population);
      const items = await drawAgain(drawnOf(id, audit, population, made), made.items.length);
      return { lines, items, same: sameItems(items, made.items) };
    },
  });
}

/** The checkpoint that the draw names is the log's, and it is not older than the list. */
async function heldAgainstLog(made: Draw, population: Population): Promise<void> {
  const { size, root } = made.checkpoint;
  if (size < population.entry.seq) throw new Refuted(`checkpoint ${size} does not cover #${population.entry.seq}`);
  const signed = parseCheckpoint(splitNote(await getBytes(`/log/checkpoints/${size}`)).text);
  const found = `sha256:${hex(signed.root)}`;
  if (signed.size !== size || found !== root) throw new Refuted(`checkpoint ${size}: ${root}, the log has ${found}`);
}
