import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { glossary } from '../../src/words/glossary';

it('has words for every type of event there is', () => {
  const types = readdirSync('../schemas/events').map((file) => file.replace(/\.v\d+\.json$/, ''));
  const without = [...new Set(types)].filter((type) => !(`type.${type}` in glossary));
  expect(types.length).toBeGreaterThan(50);
  expect(without).toEqual([]);
});
