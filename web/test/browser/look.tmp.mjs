import { chromium } from 'playwright-core';
import { readFileSync } from 'node:fs';
const people = JSON.parse(readFileSync('/tmp/w/web-data/demo2/tokens.json'));
const tok = a => people.find(p => p.actor === a).token;
const [who='li', ...rest] = process.argv.slice(2);
const B='http://127.0.0.1:18080';
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const ctx = await browser.newContext({ viewport: {width: Number(process.env.W||1366), height: Number(process.env.H||768)}, colorScheme: process.env.DARK?'dark':'light', locale:'zh-CN' });
const page = await ctx.newPage();
page.on('console', m => { if (['error','warning'].includes(m.type())) console.log(m.type(), m.text().slice(0,400)); });
page.on('pageerror', e => console.log('PAGEERROR', e.message));
await page.addInitScript(`localStorage.setItem('starledger.language','${process.env.L||'zh'}')`);
await page.goto(`${B}/sign-in#${tok(who)}`);
await page.waitForSelector('.table-row[data-index]', {timeout: 15000});
const cases = (await (await page.request.get(B+'/v1/cases')).json()).items;
const id = k => cases.find(c => c.state===k)?.case ?? cases[0].case;
const routes = { cases:'/cases', cert:`/cases/${id('active')}`, clauses:`/cases/${id('on_site')}/clauses`, rated:`/cases/${id('corrections')}/clauses`, certclauses:`/cases/${id('active')}/clauses`, findings:`/cases/${id('active')}/findings`, timeline:`/cases/${id('active')}/timeline`, explanation:`/cases/${id('active')}/explanation`, decisions:`/cases/${id('active')}/decisions`, entries:`/cases/${id('active')}/entries`, changes:'/changes', register:'/register', ledger:'/ledger', entry:'/ledger?entry=63', checks:'/checks', settings:'/settings' };
for (const name of rest) {
  await page.goto(B+routes[name]);
  await page.waitForTimeout(1200);
  await page.screenshot({ path: `/tmp/w/web-data/shots/${name}${process.env.TAG||''}.png` });
  console.log(name);
}
await browser.close();
