import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { glossary } from '../../src/words/glossary';

it('has words for every type of event there is', () => {
  const types = readdirSync('../schemas/events').map((file) => file.replace(/\.v\d+\.json$/, ''));
  const without = [...new Set(types)].filter((type) => !(`type.${type}` in glossary));
  expect(types.length).toBeGreaterThan(50);
  expect(without).toEqual([]);
});

// Two files that name the same word would differ silently: the one merged last wins.
it('has every word in one file alone', () => {
  const written = readdirSync('src/words').flatMap((file) =>
    [...readFileSync(`src/words/${file}`, 'utf8').matchAll(/^ {2}'([^']+)': \[/gm)].map((match) => match[1]),
  );
  expect(written.filter((word, at) => written.indexOf(word) !== at)).toEqual([]);
  expect(written.length).toBe(Object.keys(glossary).length);
});
