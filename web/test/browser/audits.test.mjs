// What an auditor does on paper: lists, samples, nonconformity reports, evidence.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { Ledger } from './server.mjs';
import { launch, Visitor } from './visitor.mjs';

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
const button = (page, name) => page.getByRole('button', { name, exact: true });

/** Previews the open form and confirms it. */
async function enter(page) {
  await button(page, '预览').click();
  await button(page, '确认入账').click();
  await page.locator('.ant-message-success').last().waitFor();
}

test('a list is recorded, a sample drawn from it, repeated by others, and deducted in proportion', async () => {
  const { id } = await ledger.onSite('抽样有限公司');
  const visitor = await visit('zhao');
  const { page } = visitor;
  await visitor.open(`/cases/${id}/findings/samples?clause=5.3.2.2`);
  await button(page, '登记总体').click();
  const items = Array.from({ length: 120 }, (_, i) => `WX-${String(i + 1).padStart(4, '0')}`);
  await page.getByLabel('清单内容').fill('10月维修工单');
  await page.getByLabel('清单（粘贴，每行一项）').fill(items.join('\r\n'));
  const digest = createHash('sha256')
    .update(items.map((item) => item + '\n').join(''))
    .digest('hex');
  await page.getByText(digest).waitFor();
  await enter(page);
  await page.getByRole('cell', { name: '10月维修工单' }).waitFor();

  await button(page, '抽取').click();
  await page.locator('[data-sealed=true]').waitFor();
  await page.getByLabel(/样本量/).fill('10');
  await enter(page);
  await page.locator('[data-repeated=true]').waitFor();
  const { answer: audit } = await ledger.ask('zhao', 'GET', `/v1/cases/${id}/audits/1`);
  const drawn = audit.populations[0].draws[0].items;
  assert.equal(drawn.length, 10);
  for (const item of drawn)
    await page
      .locator('.drawn')
      .getByText(items[item - 1], { exact: true })
      .waitFor();

  // Two of the ten do not conform: 7 × 2/10 = 7/5.
  for (const i of [0, 3]) await page.locator('.drawn input').nth(i).check();
  await page.getByRole('link', { name: '带入不符合项报告 →' }).click();
  await page.locator('[data-loss="7/5"]').waitFor();
  await page.getByLabel('不符合事实描述').fill('抽查10件工单，2件无回访记录');
  await page.locator('[data-move="100 98.6"]').waitFor();
  await enter(page);
  await page.getByText('7 × 2/10 = 7/5').waitFor();
  const { answer: after } = await ledger.ask('zhao', 'GET', `/v1/cases/${id}/audits/1`);
  assert.deepEqual(after.deductions[0].sample, { population: 120, size: 10, nonconforming: 2 });
  assert.equal(after.deductions[0].finding, 'F1');
  assert.match(after.findings[0].entry.note, new RegExp(`P1.*${drawn[0]}、${drawn[3]}`));
  await visitor.leave();

  // An assessor repeats the draw. A list that was changed on the way is not taken for the one recorded.
  const other = await visit('wu');
  await other.open(`/cases/${id}/findings/samples`);
  await other.page.locator('[data-repeated=true]').waitFor();
  assert.equal(await other.page.locator('.drawn input').count(), 0);
  await other.page.context().route('**/v1/attachments/**', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace('WX-0001', 'WX-9999') });
  });
  await other.open(`/cases/${id}/findings/samples`);
  await other.page.getByText('与账本所记不符').waitFor();
  await other.leave();
});

test('a report outlives a reload, and what came meanwhile is shown before it is entered', async () => {
  const { id } = await ledger.onSite('报告有限公司');
  const visitor = await visit('zhao');
  const { page } = visitor;
  await visitor.open(`/cases/${id}/findings/new?clause=5.1.1.1`);
  await page.getByLabel('不符合事实描述').fill('未设立专门部门');
  await page.getByLabel('扣分').selectOption('qualitative');
  await page.locator('[data-move="100 99"]').waitFor();
  await page.reload();
  await page.locator('[data-move="100 99"]').waitFor();
  const missed = { clause: '5.1.1.2', result: 'conforming' };
  const heard = page.locator('[data-state=open]');
  await heard.waitFor();
  await button(page, '预览').click();
  await page.getByRole('heading', { name: '提出发现' }).waitFor();
  await ledger.ask('li', 'POST', `/v1/cases/${id}/audits/1/assessments`, missed);
  await button(page, '确认入账').click();
  await page.locator('.merge', { hasText: '5.1.1.2' }).waitFor();
  await button(page, '按结果继续').click();
  await enter(page);
  const { answer } = await ledger.ask('li', 'GET', `/v1/cases/${id}/audits/1`);
  assert.equal(answer.findings[0].statement, '未设立专门部门');
  assert.equal(answer.deductions.length, 1);
  await visitor.leave();
});

test('evidence is hashed here, stored, named by the entry, and held against it when it comes back', async () => {
  const { id } = await ledger.onSite('证据有限公司');
  const visitor = await visit('zhao');
  const { page } = visitor;
  const bytes = Buffer.from('现场照片：投诉登记本第12页');
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  await visitor.open(`/cases/${id}/findings/new?clause=5.3.2.2`);
  await page.getByLabel('不符合事实描述').fill('投诉登记不完整');
  await page.locator('input[type=file]').setInputFiles({ name: '登记本.txt', mimeType: 'text/plain', buffer: bytes });
  await page.locator(`[data-evidence="${digest}"]`).getByText('摘要一致').waitFor();
  await enter(page);
  const { answer } = await ledger.ask('zhao', 'GET', `/v1/cases/${id}/audits/1`);
  assert.deepEqual(answer.findings[0].evidence, [{ sha256: digest, media_type: 'text/plain', name: '登记本.txt' }]);
  const item = page.locator(`.paper [data-evidence="${digest}"]`);
  const [file] = await Promise.all([page.waitForEvent('download'), item.getByRole('button').click()]);
  assert.deepEqual(readFileSync(await file.path()), bytes);
  await item.getByText('摘要一致').waitFor();

  // Other bytes under the same name are not handed on.
  await page.context().route('**/v1/attachments/**', (route) => route.fulfill({ body: '换过的内容' }));
  await item.getByRole('button').click();
  await item.getByText('内容与入账的摘要不符').waitFor();
  await visitor.leave();
});

test('a correction with evidence is submitted, verified, and reopened when it did not hold', async () => {
  const { id } = await ledger.onSite('整改有限公司');
  await ledger.ask('zhao', 'POST', `/v1/cases/${id}/audits/1/findings`, {
    clause: '5.3.2.2',
    category: 'nonconformity',
    severity: 'major',
    statement: '投诉未按时答复',
  });
  const path = `/cases/${id}/findings/F1`;
  const officer = await visit('wang');
  await officer.open(path);
  await button(officer.page, '提交整改').click();
  await officer.page.getByLabel('整改措施').fill('增设专人跟踪');
  await officer.page
    .locator('.ant-modal input[type=file]')
    .setInputFiles({ name: '记录.txt', mimeType: 'text/plain', buffer: Buffer.from('跟踪记录') });
  await officer.page.locator('.ant-modal [data-evidence]').waitFor();
  await enter(officer.page);
  await officer.leave();
  const auditor = await visit('zhao');
  const { page } = auditor;
  await auditor.open(path);
  await page.locator('.steps [data-evidence]').waitFor();
  await button(page, '验证整改').click();
  await page.getByLabel('理由').fill('抽查10件均按时');
  await enter(page);
  await page.locator('.steps').getByText('抽查10件均按时').waitFor();
  await button(page, '重新打开').click();
  await page.getByLabel('理由').fill('复查又见超时');
  await enter(page);
  await page.locator('.steps').getByText('复查又见超时').waitFor();
  await auditor.leave();
});
