// The screens that look across cases, and the forms of the process, in a real browser against the real program.
import axe from 'axe-core';
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Ledger } from './server.mjs';
import { launch, Visitor } from './visitor.mjs';
import { steps, walk } from './walk.mjs';

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
const field = (page, name) =>
  page.locator(`.ant-modal [data-field="${name}"]`).locator('input, select, textarea').first();

/** Preview, then confirm, then the number under which it was entered. */
async function post(page) {
  await page.getByRole('button', { name: '预览', exact: true }).click();
  await page.locator('.ant-modal .previewed').first().waitFor();
  await page.getByRole('button', { name: '确认入账' }).click();
  await page.locator('.ant-modal').waitFor({ state: 'detached' });
}

const today = (days = 0) => new Date(Date.now() + 8 * 3600_000 + days * 86_400_000).toISOString().slice(0, 10);

test('a case goes from application to plan by forms alone, and then waits for its lead', async () => {
  const visitor = await visit('wang');
  const { page } = visitor;
  await page.getByRole('button', { name: '受理新申请' }).click();
  await field(page, 'organization.name').fill('表单流程有限公司');
  await field(page, 'organization.uscc').fill('123');
  await field(page, 'scope').fill('空气净化器的售后服务');
  await page.getByRole('button', { name: '预览', exact: true }).click();
  // The server says which field is wrong, beside the field.
  await page.locator('[data-field="organization.uscc"] .loss').waitFor();
  await field(page, 'organization.uscc').fill('');
  // What was filled in outlives a reload.
  await page.reload();
  await page.locator('.restored').waitFor();
  assert.equal(await field(page, 'organization.name').inputValue(), '表单流程有限公司');
  await post(page);
  await page.getByRole('heading', { name: '表单流程有限公司' }).waitFor();
  const id = /cases\/(\w+)/.exec(page.url())[1];

  await visitor.open(`/cases/${id}/process`);
  await page.locator('[data-step=documents] button').click();
  await page.getByRole('combobox', { name: '营业执照' }).selectOption('received');
  await page.locator('.documents input[type=file]').setInputFiles({
    name: '营业执照.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.4 执照'),
  });
  await page.locator('[data-evidence]').waitFor();
  await page.getByRole('combobox', { name: '年度审计报告' }).selectOption('missing');
  await page.getByRole('textbox', { name: '年度审计报告 · 理由' }).fill('新设企业，尚无审计报告');
  await post(page);
  await page.locator('[data-step=documents]', { hasText: '1/14' }).waitFor();

  await page.locator('[data-next=application-review] button').click();
  await page.locator('[data-field=checks] button').click();
  await page.getByRole('textbox', { name: '核查内容' }).fill('法律地位');
  await field(page, 'reason').fill('材料可供评审，审计报告后补');
  await post(page);

  // The team is chosen by name.
  await page.locator('[data-next=plan] button').click();
  await page.locator('[data-field=team] button', { hasText: '添加' }).click();
  await page.locator('[data-field=team] select').first().selectOption({ label: '李组长 · li' });
  await page.locator('[data-field=team] button', { hasText: '添加' }).click();
  await page.locator('[data-field=team] .line').nth(1).locator('select').first().selectOption('zhao');
  await field(page, 'starts_on').fill(today());
  await field(page, 'ends_on').fill(today(1));
  await field(page, 'person_days').fill('2.5');
  await post(page);
  await page.locator('[data-next=document-review]', { hasText: '由审查组长办理' }).waitFor();
  const { answer } = await ledger.ask('wang', 'GET', `/v1/cases/${id}/audits/1`);
  assert.deepEqual(answer.team, [
    { actor: 'li', role: 'lead' },
    { actor: 'zhao', role: 'auditor' },
  ]);
  assert.equal(answer.person_days, '2.5');
  await visitor.leave();

  const lead = await visit('li');
  const step = lead.page.locator('.work li[data-step=document-review]', { hasText: '表单流程有限公司' });
  await step.getByRole('link', { name: '去办理' }).click();
  await field(lead.page, 'reason').fill('文件可供现场审查');
  await post(lead.page);
  await lead.page.locator('[data-next=opening]').waitFor();
  // A second deduction outside the score: bonus, then its revocation.
  await lead.page.locator('[data-next=opening] button').click();
  await lead.page.getByRole('button', { name: '预览', exact: true }).click();
  await lead.page.getByRole('button', { name: '确认入账' }).click();
  await lead.page.locator('[data-step=bonus] button').click();
  await field(lead.page, 'reason').fill('承诺十年包修');
  await post(lead.page);
  await lead.page.locator('[data-step=revoke-bonus] button').click();
  await field(lead.page, 'reason').fill('承诺未兑现');
  await post(lead.page);
  const { answer: taken } = await ledger.ask('li', 'GET', `/v1/cases/${id}/audits/1`);
  assert.equal(taken.bonuses[0].revoked.actor, 'li');
  await lead.leave();
});

test('a case goes from the penalty check to its closure by forms alone', async () => {
  const { id } = await ledger.onSite('全程表单有限公司', { field: '03' });
  const entered = await walk({ id, ledger, visit });
  assert.equal(entered.length, steps.length);
});

test('what somebody else entered meanwhile is shown before the form goes on', async () => {
  const { id } = await ledger.onSite('表单合并有限公司');
  const visitor = await visit('li');
  const { page } = visitor;
  await visitor.open(`/cases/${id}/process?form=bonus`);
  await field(page, 'reason').fill('行业领先的承诺');
  // The list of what is live is followed, but the form rests on what was seen when it was opened.
  await ledger.ask('zhao', 'POST', `/v1/cases/${id}/audits/1/assessments`, { clause: '5.1.1.1', result: 'conforming' });
  await page.getByRole('button', { name: '预览', exact: true }).click();
  const merge = page.locator('.merge');
  await merge.getByText('5.1.1.1').waitFor();
  await merge.getByText('与您的草稿无关').waitFor();
  await page.getByRole('button', { name: '按结果继续' }).click();
  await page.getByRole('button', { name: '预览', exact: true }).click();
  await page.locator('.ant-modal .previewed').first().waitFor();
  // The same was granted by somebody else meanwhile: field by field, mine or the ledger's.
  await page.getByRole('button', { name: '返回修改' }).click();
  await ledger.ask('li', 'POST', `/v1/cases/${id}/audits/1/bonuses`, { reason: '十年包修' });
  await page.getByRole('button', { name: '预览', exact: true }).click();
  const line = page.locator('[data-merge=reason]', { hasText: '十年包修' });
  await line.getByText('行业领先的承诺').waitFor();
  await line.getByText('用账本的').click();
  await page.getByRole('button', { name: '用账本的，不再提交' }).click();
  await page.locator('.ant-modal').first().waitFor({ state: 'detached' });
  const { answer } = await ledger.ask('li', 'GET', `/v1/cases/${id}/audits/1`);
  assert.deepEqual(
    answer.bonuses.map((bonus) => bonus.entry.reason),
    ['十年包修'],
  );
  await visitor.leave();
});

test('who was in the team is told by which entry that bars the review', async () => {
  const { id } = await ledger.onSite('职责分离有限公司');
  const { etag } = await ledger.ask('wang', 'POST', `/v1/cases/${id}/audits/1/team`, {
    add: [{ actor: 'sun', role: 'auditor' }],
    reason: '补充组员',
  });
  assert.ok(etag);
  await ledger.toReport(id);
  const visitor = await visit('sun');
  const { page } = visitor;
  const joined = await ledger.ask('zhou', 'GET', `/v1/cases/${id}/events`);
  const { seq } = joined.answer.items.find(({ event }) => event.type.includes('team_changed'));
  await page.locator('[data-barred=review]', { hasText: `#${seq}` }).waitFor();
  await visitor.open(`/cases/${id}/process`);
  await page.locator('[data-step=review]', { hasText: 'SOD-02' }).waitFor();
  assert.equal(await page.locator('[data-step=review] button').count(), 0);
  // The rule stands in the server as well: a form that is opened all the same is refused with it.
  await visitor.open(`/cases/${id}/process?form=review`);
  await field(page, 'reason').fill('程序完整');
  await page.getByRole('button', { name: '预览', exact: true }).click();
  await page
    .locator('.ant-modal .refusal', { hasText: 'SOD-02' })
    .getByText(`#${seq}`, { exact: true })
    .first()
    .waitFor();
  await visitor.leave();
});

test('findings of all cases stand on a board, in a list and in a Pareto, as of any instant', async () => {
  const visitor = await visit('zhou');
  const { page } = visitor;
  await visitor.open('/findings');
  await page.locator('[data-stage=closed] .finding-card', { hasText: 'F6 · 5.2.2.4' }).waitFor();
  await page.locator('[data-stage=withdrawn] .finding-card', { hasText: '5.1.2.2' }).waitFor();
  const { answer } = await ledger.ask('zhou', 'GET', '/v1/findings?stage=raised&category=nonconformity');
  assert.equal(await page.locator('[data-stage=raised] .finding-card').count(), answer.items.length);
  await page.getByRole('radio', { name: '条款分布' }).check({ force: true });
  await page.locator('.with-table table').getByRole('button', { name: '5.3.2.2' }).click();
  await page.getByRole('radio', { name: '列表' }).check({ force: true });
  await page.locator('.table-row[data-index]').first().waitFor();
  assert.match(page.url(), /clause=5\.3\.2\.2/);
  assert.equal(await page.locator('.table-row[data-index]').count(), 2);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出 CSV' }).click(),
  ]);
  assert.match(readFileSync(await file.path(), 'utf8'), /^\uFEFF.*\r\n.*5\.3\.2\.2/);
  // Before the first correction was handed in, F6 had only been raised.
  const { answer: all } = await ledger.ask('zhou', 'GET', '/v1/findings?clause=5.2.2.4');
  const f6 = all.items.find((each) => each.finding === 'F6');
  await visitor.open(`/findings?as_of=seq:${f6.raised.seq}`);
  await page.locator('[data-stage=raised] .finding-card', { hasText: '5.2.2.4' }).waitFor();
  await visitor.leave();
});

test('the calendar shows what is due in its month and what is overdue', async () => {
  const visitor = await visit('wang');
  const { page } = visitor;
  const { answer } = await ledger.ask('wang', 'GET', '/v1/calendar');
  const [first] = answer.items;
  await visitor.open(`/calendar?month=${first.due_on.slice(0, 7)}`);
  await page.locator(`[data-day="${first.due_on}"] a.due`).first().waitFor();
  await visitor.open('/calendar?view=list&kind=surveillance');
  const rows = answer.items.filter((due) => due.kind === 'surveillance').length;
  assert.equal(await page.locator('.table-row[data-index]').count(), rows);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出 CSV' }).click(),
  ]);
  assert.equal(
    readFileSync(await file.path(), 'utf8')
      .trim()
      .split('\r\n').length,
    rows + 1,
  );
  await visitor.leave();
});

test('the analytics say what the server counted, and a view is kept by name', async () => {
  const visitor = await visit('zhou');
  const { page } = visitor;
  const { answer } = await ledger.ask('zhou', 'GET', '/v1/analytics');
  await visitor.open('/analytics');
  await page.locator('table', { hasText: answer.scores[0].mean.value }).waitFor();
  await visitor.open('/analytics?tab=losses&scheme=gbt27922-2011');
  const loss = answer.losses.find(({ scheme }) => scheme.startsWith('gbt27922-2011@'));
  await page.locator('table', { hasText: loss.clause }).waitFor();
  await page.getByRole('button', { name: '已存视图' }).click();
  await page.getByRole('textbox', { name: '视图名称' }).fill('国标失分');
  await page.getByRole('button', { name: '保存视图' }).click();
  await visitor.open('/analytics');
  await page.getByRole('button', { name: '已存视图' }).click();
  await page.getByRole('button', { name: '国标失分', exact: true }).click();
  await page.waitForURL(/tab=losses&scheme=gbt27922-2011/);
  // Before anything was reported there is nothing to count.
  await visitor.open('/analytics?as_of=seq:20');
  await page.getByText('所选范围内没有已报告的审查').waitFor();
  await visitor.leave();
});

const header = 'type,organization,scope,scheme,source,number,issued_on,valid_from,valid_until,kind,starts_on,ends_on';

test('one broken line refuses the file and is named; mended, the file is imported', async () => {
  const visitor = await visit('wang');
  const { page } = visitor;
  await visitor.open('/exchange');
  const line = (number, issued) =>
    `certificate,导入企业有限公司,家用电器的售后服务,gbt27922-2011,旧台账,${number},${issued},2024-03-01,2027-02-28,,,`;
  const give = (rows) =>
    page.locator('.import input[type=file]').setInputFiles({
      name: '客户.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from([header, ...rows].join('\r\n')),
    });
  await give([line('71224SC0009R0M', '2024-03-01'), line('71224SC0010R0M', '2024-13-01')]);
  await page.getByRole('button', { name: '预览', exact: true }).click();
  await page.locator('.faults [data-line="3"]', { hasText: 'issued_on' }).waitFor();
  await give([line('71224SC0009R0M', '2024-03-01')]);
  await page.getByRole('button', { name: '预览', exact: true }).click();
  await page.locator('[data-preview="1"]').waitFor();
  await page.getByRole('button', { name: '确认导入' }).click();
  await page.locator('[data-imported="1"]').waitFor();
  const { answer } = await ledger.ask('wang', 'GET', `/v1/cases?q=${encodeURIComponent('导入企业')}`);
  assert.equal(answer.items.length, 1);
  for (const [id, pattern] of [
    ['cases', /导入企业有限公司/],
    ['register', /71224SC0009R0M/],
    ['checks', /SOD-01/],
    ['feed', /"event":/],
    ['bundle', /^PK/],
  ]) {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.locator(`[data-export=${id}] button`).click(),
    ]);
    assert.match(
      readFileSync(await file.path(), 'latin1').length > 0 ? readFileSync(await file.path(), 'utf8') : '',
      pattern,
    );
  }
  await visitor.leave();
});

for (const { name, options } of [
  { name: 'zh-light', options: {} },
  { name: 'en-dark', options: { language: 'en', colorScheme: 'dark' } },
  { name: 'zh-tablet', options: { viewport: { width: 820, height: 1180 } } },
]) {
  test(`every form is accessible and has its picture: ${name}`, async () => {
    const visitor = await visit('wang', { bypassCSP: true, reducedMotion: 'reduce', ...options });
    const { page } = visitor;
    const shots = new URL('shots/', import.meta.url).pathname;
    mkdirSync(shots, { recursive: true });
    const id = await ledger.caseIn('on_site');
    const found = [];
    for (const form of [
      'open-case',
      'documents',
      'penalty',
      'application-review',
      'plan',
      'team',
      'complaint',
      'status',
    ]) {
      await visitor.open(form === 'open-case' ? '/work?form=open-case' : `/cases/${id}/process?form=${form}`);
      await page.locator('.ant-modal .fields').waitFor();
      await page.screenshot({ path: join(shots, `${name}-form-${form}.png`) });
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate(() =>
        window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }),
      );
      for (const v of violations)
        found.push(`${form}: ${v.id} ${v.nodes[0].target} ${v.nodes[0].failureSummary?.slice(0, 200)}`);
    }
    assert.deepEqual(found, []);
    await visitor.leave();
  });
}
