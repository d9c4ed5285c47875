// The workbench in a real browser against the real program: the list at the end of the design page.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { inspect, looks } from './pages.mjs';
import { Ledger } from './server.mjs';
import { launch, Visitor } from './visitor.mjs';
import { unzip } from './zip.mjs';

const ledger = new Ledger();
let browser;
before(async () => {
  await ledger.start();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await ledger.stop();
  ledger.remove();
});

const visit = (actor, options) => Visitor.enter(browser, ledger, actor, options);
const final = (page) => page.locator('.grid-footer [data-final]').getAttribute('data-final');
const finalIs = (page, value) => page.locator(`.grid-footer [data-final="${value}"]`).waitFor();
const say = (text) => console.log(`# ${text}`);

/** Puts the keyboard into the first cell of a clause by walking there. */
async function stand(page, clause) {
  await page.locator('.cell.active').focus();
  await page.keyboard.press('Control+Home');
  for (let i = 0; i < 60; i++) {
    if ((await page.locator('.grid-row.current').getAttribute('data-clause')) === clause) return;
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`no clause ${clause}`);
}

test('a clerk signs in by a link and the token is nowhere to be found', async () => {
  const visitor = await visit('zhou');
  const { page } = visitor;
  assert.ok(!page.url().includes(ledger.tokens.zhou));
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie);
  assert.ok(!kept.includes(ledger.tokens.zhou) && !kept.includes('starledger_session'));
  await page.locator('[data-state=open]').waitFor();
  await visitor.leave();
});

test('an auditor scores 50 clauses with the keyboard alone, and one confirm enters them', async () => {
  const { id } = await ledger.onSite('键盘评分有限公司');
  const visitor = await visit('li');
  const { page } = visitor;
  await visitor.open(`/cases/${id}/clauses`);
  await page.locator('.cell.active').focus();
  const began = Date.now();
  for (let i = 0; i < 50; i++) await page.keyboard.press('1');
  const keyed = Date.now() - began;
  assert.equal(await final(page), '100');

  // 5.3.2.2, 40 looked at, 6 not as they should be: 7 × 6/40 = 1.05 points.
  await stand(page, '5.3.2.2');
  for (const key of ['2', '4', '0', 'Tab', '6', 'Tab']) await page.keyboard.press(key);
  await page.keyboard.type('抽查40件投诉，6件超时答复');
  await page.keyboard.press('Enter');
  await finalIs(page, '98.95');

  // 5.2.5.5 does not apply: involved 98, 96.95 ÷ 98 × 100.
  await stand(page, '5.2.5.5');
  await page.keyboard.press('3');
  await page.keyboard.type('不从事贸易');
  await page.keyboard.press('Enter');
  await finalIs(page, '98.928571');

  // The drafts outlive a reload.
  await page.reload();
  await finalIs(page, '98.928571');
  await page.locator('.cell.active').focus();
  await page.keyboard.press('Control+Enter');
  await page.locator('.ant-modal .preview-score').waitFor();
  await page.keyboard.press('Enter'); // the focus is on the one confirm
  await page.locator('.ant-message-success').waitFor();
  await page.locator('.grid-footer', { hasText: '没有草稿' }).waitFor();
  const { answer } = await ledger.ask('li', 'GET', `/v1/cases/${id}/audits/1/score`);
  assert.equal(answer.final.fraction, '1385/14');
  assert.deepEqual(answer.progress, { assessed: 49, involved: 49 });
  const { answer: audit } = await ledger.ask('li', 'GET', `/v1/cases/${id}/audits/1`);
  assert.equal(audit.findings[0].finding, audit.deductions[0].finding);
  assert.equal(audit.deductions[0].sample.nonconforming, 6);
  say(`50 clauses ruled by key in ${keyed} ms`);
  await visitor.leave();
});

test('Chinese is composed in a cell from its first key', async () => {
  const { id } = await ledger.onSite('输入法有限公司');
  const visitor = await visit('zhao');
  const { page } = visitor;
  await visitor.open(`/cases/${id}/clauses`);
  await stand(page, '5.1.1.1');
  await page.keyboard.press('End');
  const keyboard = await visitor.context.newCDPSession(page);
  for (const text of ['q', 'qu', 'que'])
    await keyboard.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  await keyboard.send('Input.insertText', { text: '缺' });
  await page.keyboard.press('Enter');
  await page.locator('.grid-row.drafted[data-clause="5.1.1.1"] .wrap').getByText('缺', { exact: true }).waitFor();
  await visitor.leave();
});

test('what somebody else entered meanwhile is merged, not overwritten', async () => {
  const { id } = await ledger.onSite('合并评分有限公司');
  const visitor = await visit('li');
  const { page } = visitor;
  await visitor.open(`/cases/${id}/clauses`);
  await stand(page, '5.1.1.2');
  await page.keyboard.press('1');
  await stand(page, '5.1.1.1');
  await page.keyboard.press('2');
  await page.keyboard.press('End');
  await page.keyboard.type('职责划分缺失');
  await page.keyboard.press('Enter');
  await ledger.ask('zhao', 'POST', `/v1/cases/${id}/audits/1/assessments`, {
    clause: '5.1.1.1',
    result: 'conforming',
    method: 'interview',
  });
  await page.keyboard.press('Control+Enter');
  const merge = page.locator('.merge');
  await merge.getByText('5.1.1.1', { exact: true }).waitFor();
  await merge.getByText('用我的').click();
  await page.getByRole('button', { name: '合并草稿' }).click();
  await page.getByRole('button', { name: '提交 2 条' }).click();
  await page.locator('.preview-score').waitFor();
  await page.getByRole('button', { name: '确认入账' }).click();
  await page.locator('.ant-message-success').waitFor();
  const { answer } = await ledger.ask('li', 'GET', `/v1/cases/${id}/audits/1/score`);
  assert.equal(answer.final.value, '99');
  await visitor.leave();
});

test('who may not delete a clause is told the rule; the lead may', async () => {
  const { id } = await ledger.onSite('职责有限公司');
  const draft = async (page) => {
    await stand(page, '5.2.5.5');
    await page.keyboard.press('3');
    await page.keyboard.type('不从事贸易');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+Enter');
  };
  const auditor = await visit('zhao');
  await auditor.open(`/cases/${id}/clauses`);
  await draft(auditor.page);
  const refusal = auditor.page.locator('.ant-modal .refusal');
  await refusal.getByText('team-lead').waitFor();
  await refusal.getByText('审查组组长负责').waitFor();
  await refusal.getByText('怎么办').waitFor();
  await auditor.leave();
  const lead = await visit('li');
  await lead.open(`/cases/${id}/clauses`);
  await draft(lead.page);
  await lead.page.locator('.preview-score').waitFor();
  await lead.page.getByRole('button', { name: '确认入账' }).click();
  await lead.page.locator('.ant-message-success').waitFor();
  await lead.leave();
});

test('replay shows every instant as it was, and causes add up to the difference', async () => {
  const id = await ledger.caseIn('active');
  const visitor = await visit('zhou');
  const { page } = visitor;
  await visitor.open(`/cases/${id}/timeline`);
  const slider = page.locator('.replay-slider');
  await finalIs(page, '94.370748');
  await slider.focus();
  await page.keyboard.press('Home');
  await finalIs(page, '100');
  const { answer } = await ledger.ask('zhou', 'GET', `/v1/cases/${id}/audits/1/score/timeline`);
  for (const item of answer.items.slice(-6)) {
    const at = item.seq - answer.items[0].seq;
    await slider.fill(String(at));
    await page.locator(`[data-replayed="${item.seq}"]`).waitFor();
    await finalIs(page, item.final.value);
  }
  // What a clerk should look at is named, and the replay goes there.
  const drops = answer.items.filter(({ delta }, i) => i > 0 && Number(delta.value) < -1);
  assert.ok(drops.length > 0);
  assert.equal(await page.locator('[data-alert=drop]').count(), drops.length);
  await page.locator('[data-alert=drop] button', { hasText: '回放到此' }).first().click();
  await page.locator(`[data-replayed="${drops[0].seq}"]`).waitFor();
  // Late is what the body calls late, and on a past instant (below) what it called late then.
  const limitIs = async (late) => {
    await page.getByLabel('迟录界限').getByText(`机构规定：迟录超过 ${late} 小时`).waitFor({ state: 'attached' });
    assert.equal(await page.getByLabel('迟录界限').inputValue(), late);
  };
  await limitIs('72');
  const longer = { parameter: 'late_entry_hours', value: '96', reason: '管理评审决定' };
  await ledger.ask('root', 'POST', '/v1/parameters', longer);
  await limitIs('96');
  const grades = answer.items.filter(({ grade }, i) => i > 0 && grade !== answer.items[i - 1].grade);
  assert.equal(await page.locator('[data-alert=grade]').count(), grades.length);
  // A = #67, B = #72: −1 + 250/49 + 1 = 250/49, and no gap.
  await visitor.open(`/cases/${id}/timeline?a=67&b=72`);
  await page.locator('[data-gap="0"]').getByText('250/49').waitFor();
  // Play moves by itself, to the end.
  await slider.focus();
  await page.keyboard.press('Home');
  await page.locator('.replay select').selectOption('64');
  await page.getByRole('button', { name: '播放' }).click();
  await finalIs(page, '94.370748');
  // The whole page as of an instant: nothing can be entered, and the score is that of then.
  await visitor.open(`/cases/${id}/clauses?as_of=seq:67`);
  await finalIs(page, '89.268707');
  assert.equal(await page.locator('.grid-footer button').count(), 0);
  await visitor.open(`/cases/${id}/timeline?as_of=seq:67`);
  await limitIs('72');
  await visitor.leave();
});

test('the explanation opens its entries, and asks what if', async () => {
  const id = await ledger.caseIn('active');
  const visitor = await visit('zhou');
  const { page } = visitor;
  await visitor.open(`/cases/${id}/explanation`);
  await page.getByText('27745/294 ≥ 90').waitFor();
  await page.locator('.whatif-list input').first().check(); // D1: 7 × 6/40 = 1.05 of 98
  await page.getByText('95.442177').waitFor();
  await page.locator('.entry-link').first().click();
  await page.locator('.ant-drawer-title', { hasText: '账本记录' }).waitFor();
  await visitor.leave();
});

test('an assessor verifies the ledger in the browser, and a changed byte turns the badge red', async () => {
  const visitor = await visit('wu');
  const { page } = visitor;
  const badge = page.locator('[data-badge]');
  await badge.click();
  await page.getByRole('button', { name: '开始核验' }).click();
  await page.locator('[data-badge=verified]').waitFor();
  const text = await badge.textContent();
  assert.match(text, /已核验至 #\d+/);
  say(`the ledger verified in the browser: ${text.trim()}`);
  await page.getByText('重算 SHA-256').waitFor();
  await page.keyboard.press('Escape');
  await visitor.open('/ledger?entry=63');
  await page.getByRole('button', { name: '在浏览器中核验' }).click();
  await page.locator('[data-proof=holds]').waitFor();
  await page.context().route('**/v1/events', async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace('5.3.2.2', '5.3.2.1');
    await route.fulfill({ response, body });
  });
  await visitor.open('/ledger');
  await badge.click();
  await page.getByRole('button', { name: '开始核验' }).click();
  await page.locator('[data-badge=broken]').waitFor();
  assert.match(await badge.textContent(), /断链于 #\d+/);
  await visitor.leave();
});

test('a bundle goes home, verifies without the ledger, and one changed byte turns it red', async () => {
  const id = await ledger.caseIn('active');
  const visitor = await visit('wu');
  const { page } = visitor;
  await visitor.open(`/cases/${id}`);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '下载离线核验包' }).click(),
  ]);
  const report = unzip(readFileSync(await file.path()), 'report.html').toString();
  const verdict = async (text) => {
    const path = join(ledger.data, 'report.html');
    writeFileSync(path, text);
    const offline = await browser.newContext({ offline: true });
    const sheet = await offline.newPage();
    await sheet.goto(`file://${path}`);
    await sheet.waitForFunction(() => document.documentElement.dataset.verdict !== 'verifying');
    const found = await sheet.evaluate(() => document.documentElement.dataset.verdict);
    await offline.close();
    return found;
  };
  const sound = await verdict(report);
  const broken = await verdict(altered(report));
  say(`report.html: ${sound}, with one byte changed: ${broken}`);
  assert.equal(broken, 'broken');
  assert.notEqual(sound, broken);
  await visitor.leave();
});

/** Changes one byte of the body of an event among the report's data. */
function altered(report) {
  const [, before, text, after] = /^([\s\S]*id="data">)([\s\S]*?)(<\/script>[\s\S]*)$/.exec(report);
  const data = JSON.parse(text);
  const event = data.events[9];
  const body = Buffer.from(event.body, 'base64');
  body[body.indexOf('conforming')] = 0x43;
  event.body = body.toString('base64');
  return before + JSON.stringify(data).replaceAll('<', '\\u003c') + after;
}

test('nothing is lost when the server restarts under an open form', async () => {
  const { id } = await ledger.onSite('重启有限公司');
  const visitor = await visit('li');
  const { page } = visitor;
  await visitor.open(`/cases/${id}/clauses`);
  await stand(page, '5.1.1.1');
  await page.keyboard.press('2');
  await page.keyboard.press('End');
  await page.keyboard.type('未设专门部门');
  await page.keyboard.press('Enter');
  await ledger.stop();
  await page.locator('[data-state=lost]').waitFor();
  await ledger.start(); // the demo draws new tokens: the session is over
  await page.locator('.over #token').fill(ledger.tokens.li, { timeout: 40_000 });
  await page.locator('.over button[type=submit]').click();
  await page.locator('.over').waitFor({ state: 'detached' });
  await page.locator('.grid-row.drafted').getByText('未设专门部门').waitFor();
  await page.getByRole('button', { name: '提交 1 条' }).click();
  await page.locator('.preview-score').waitFor();
  await page.getByRole('button', { name: '确认入账' }).click();
  await page.locator('.ant-message-success').waitFor();
  await visitor.leave();
});

const routesOf = (active, onSite) => [
  '/work',
  '/cases',
  `/cases/${active}/process`,
  `/cases/${active}`,
  `/cases/${onSite}/clauses`,
  `/cases/${active}/findings`,
  `/cases/${active}/timeline`,
  `/cases/${active}/explanation`,
  `/cases/${active}/decisions`,
  `/cases/${active}/entries`,
  '/findings',
  '/findings?view=list',
  '/findings?view=pareto',
  '/calendar',
  '/calendar?view=list',
  '/analytics',
  '/analytics?tab=losses',
  '/analytics?tab=repeats',
  '/analytics?tab=times',
  '/analytics?tab=changes',
  '/exchange',
  '/register',
  '/ledger',
  '/ledger?entry=63',
  '/checks',
  '/settings',
];

for (const { name, options } of looks) {
  test(`every page is accessible and has its picture: ${name}`, async () => {
    const visitor = await visit('zhou', { bypassCSP: true, ...options });
    const { page } = visitor;
    const found = [];
    for (const route of routesOf(await ledger.caseIn('active'), await ledger.caseIn('on_site'))) {
      await visitor.open(route);
      if (route.includes('entry=')) await page.locator('.ant-drawer .facts').first().waitFor();
      found.push(...(await inspect(page, name, route)));
    }
    assert.deepEqual(found, []);
    await visitor.leave();
  });
}

test('a form is rehearsed, then entered: the lead closes an audit', async () => {
  const { id } = await ledger.onSite('末次会议有限公司');
  const visitor = await visit('li');
  const { page } = visitor;
  await visitor.open(`/cases/${id}/process`);
  await page.locator('[data-step=closing] button').click();
  const local = new Date(Date.now() + 8 * 3600_000 - 60_000).toISOString().slice(0, 16);
  await page.locator('[data-field=held_at] input').fill(local);
  await page.getByRole('button', { name: '预览' }).click();
  await page.getByRole('button', { name: '确认入账' }).click();
  await page.locator('.ant-message-success').waitFor();
  const { answer } = await ledger.ask('li', 'GET', `/v1/cases/${id}/audits/1`);
  assert.equal(answer.closing.entry.actor, 'li');
  await page.locator('[data-step=closing].done').waitFor();
  await visitor.leave();
});
