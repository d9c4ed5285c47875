// A page as it has to be: accessible (axe, WCAG 2.2 AA), no wider than the screen; and its picture.
import axe from 'axe-core';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

const shots = new URL('shots/', import.meta.url).pathname;
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

export const looks = [
  { name: 'zh-light', options: {} },
  { name: 'en-dark', options: { language: 'en', colorScheme: 'dark' } },
  { name: 'zh-tablet', options: { viewport: { width: 820, height: 1180 } } },
];

/** Takes the picture of what is open and gives what is wrong with it. */
export async function inspect(page, name, route) {
  mkdirSync(shots, { recursive: true });
  await page.evaluate(() => document.fonts.ready);
  const file = route.replaceAll(/01[0-9A-Z]{24}/g, 'case').replaceAll(/[/?=&:]+/g, '-');
  await page.screenshot({ path: join(shots, `${name}${file}.png`) });
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags }), rules);
  const found = violations.map(
    (v) => `${route}: ${v.id} ${v.nodes[0].target} ${v.nodes[0].failureSummary?.slice(0, 200)}`,
  );
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) found.push(`${route}: the page is ${wide} px wider than the screen`);
  return found;
}
