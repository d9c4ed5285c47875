// One case from its penalty check to its closure, every step filled into its form by the person whose turn it is.
import assert from 'node:assert/strict';

const day = (days = 0) => new Date(Date.now() + 8 * 3600_000 + days * 86_400_000).toISOString().slice(0, 10);
const scan = (name) => ({ name, mimeType: 'application/pdf', buffer: Buffer.from(`%PDF-1.4 ${name}`) });

/** Puts somebody into the list of a team. */
const joins = (actor, role) => async (field) => {
  await field.getByRole('button', { name: '添加' }).click();
  const person = field.locator('.line').last().locator('select, input').first();
  if ((await person.evaluate((node) => node.tagName)) === 'SELECT') await person.selectOption(actor);
  else await person.fill(actor);
  await field.getByLabel('组内职责').last().selectOption(role);
};

/** Fills a form in: a text, a choice, a day, the file that is handed in, or what a function does. */
async function fill(page, values) {
  for (const [name, value] of Object.entries(values)) {
    const field = page.locator(`.ant-modal [data-field="${name}"]`);
    if (typeof value === 'function') {
      await value(field);
      continue;
    }
    if (typeof value === 'object') {
      await field.locator('input[type=file]').setInputFiles(value);
      await field.locator('[data-evidence]').waitFor();
      continue;
    }
    const control = field.locator('input, select, textarea').first();
    if ((await control.evaluate((node) => node.tagName)) === 'SELECT') await control.selectOption(value);
    else await control.fill(value);
  }
}

/** Preview, confirm, entered. A refusal ends the walk with what it says. */
async function enter(page, form) {
  const dialog = page.locator('.ant-modal');
  const refused = dialog.locator('.refusal');
  const went = async (next) => {
    await next.or(refused).first().waitFor();
    assert.equal(await refused.count(), 0, `${form} is refused:\n${(await refused.allInnerTexts()).join('')}`);
  };
  await page.getByRole('button', { name: '预览', exact: true }).click();
  await went(dialog.locator('.previewed'));
  await page.getByRole('button', { name: '确认入账' }).click();
  await went(page.locator('.ant-message-success', { hasText: /已入账 #\d+/ }));
  await dialog.waitFor({ state: 'detached' });
}

/** Before there is anything that the form could be about, it says what has to happen first. */
const nothingYet = (text) => async (page) => {
  await page.locator('.ant-modal .empty', { hasText: text }).waitFor();
  assert.equal(await page.locator('.ant-modal .fields').count(), 0);
};

/** The form is refused by a rule; what it rests on is named, and opens over the form. */
const refused = (values, policy, sentence) => async (page) => {
  await page.locator('.ant-modal .fields').waitFor();
  await fill(page, values);
  await page.getByRole('button', { name: '预览', exact: true }).click();
  const refusal = page.locator('.ant-modal .refusal', { hasText: policy });
  await refusal.getByText('怎么办').waitFor();
  const link = refusal.locator('.entry-link');
  const seq = (await link.textContent()).slice(1);
  await link.click();
  const drawer = page.locator('.ant-drawer-content', { hasText: `账本记录 #${seq}` });
  await drawer.getByText(sentence).first().click(); // which it can only be where nothing lies over it
};

/** Every step in its order: who, which form, what is filled in, and what of the step is shown afterwards. */
export const steps = [
  ['wang', 'clear-penalty', nothingYet('先查验处罚记录')],
  ['wang', 'penalty', { found: 'yes', statement: '2024年被罚款一次', evidence: scan('处罚截图.pdf') }, '有记录'],
  [
    'wang',
    'clear-penalty',
    { reason: '罚款已缴清，已移出名单', evidence: scan('移出证明.pdf') },
    undefined,
    'gsxt_penalties',
  ],
  ['wang', 'contract', { number: 'HT-2026-01', signed_on: day(), evidence: scan('合同.pdf') }, 'HT-2026-01'],
  ['wang', 'outlet', { name: '城东服务点', kind: 'entrusted' }, '城东服务点'],
  ['wang', 'team', { add: joins('wu', 'observer'), reason: '见证审查' }, '观察员'],
  ['wang', 'announcement', { announced_at: `${day(-7)}T09:00` }, '已办'],
  ['zhao', 'person-days', { actor: 'zhao', days: '0.5' }, '0.5'],
  ['zhao', 'special', { reason: '同一问题涉及多个网点' }, undefined],
  [
    'wang',
    'correction',
    { statement: '补做回访并培训', evidence: scan('整改.pdf') },
    undefined,
    { named: 'F9', choose: 'F1' },
  ],
  ['zhao', 'verification', { reason: '抽查整改记录，有效' }, undefined, 'F1'],
  ['li', 'revoke-special', { reason: '经复核只涉及一个网点' }, undefined, { choose: 'S1' }],
  ['li', 'closing', {}, '已办'],
  ['li', 'report', { recommendation: 'grant', summary: '体系有效，建议授予' }, '授予'],
  ['sun', 'review', { reason: '程序完整，评分可复算' }, '确认'],
  ['wang', 'team', refused({ add: joins('sun', 'expert'), reason: '补充专家' }, 'SOD-02', '复核')],
  ['qian', 'decision', { decision: 'grant', reason: '符合授予条件' }, '授予'],
  ['wang', 'certificate', { number: '71226SC0099R0M' }, '71226SC0099R0M'],
  ['wang', 'complaint', { complainant: '某消费者', statement: '报修三日无人上门' }, undefined],
  ['zhou', 'complaint-outcome', { outcome: 'substantiated', reason: '调查属实，已督促改正' }, '某消费者', 'M1'],
  ['qian', 'status', { decision: 'suspend', reason: '投诉属实，暂停三个月' }, '暂停'],
  ['wang', 'appeal', { statement: '暂停过重' }, undefined],
  ['zhou', 'appeal-outcome', { outcome: 'dismissed', reason: '暂停有据' }, 'A1', 'A1'],
  ['qian', 'status', { decision: 'withdraw', reason: '逾期未恢复' }, '撤销'],
  ['wang', 'closure', { reason: '证书已撤销' }, '已办'],
];

/** Walks a case that is on site to its closure; gives the forms that were entered. */
export async function walk({ id, ledger, visit }) {
  await ledger.toSheet(id, '5.2.2.4');
  let visitor;
  let who = '';
  const entered = [];
  for (const [actor, form, values, shown, about] of steps) {
    if (actor !== who) {
      await visitor?.leave();
      visitor = await visit(actor);
      who = actor;
    }
    const { page } = visitor;
    const named = typeof about === 'string' ? about : about?.named;
    await visitor.open(`/cases/${id}/process?audit=1&form=${form}${named ? `&about=${named}` : ''}`);
    if (typeof values === 'function') {
      await values(page);
      entered.push(form);
      continue;
    }
    if (about?.named) await page.locator('.ant-modal', { hasText: `没有可以办理的“${named}”` }).waitFor();
    if (about?.choose) await page.locator(`.ant-modal [data-subject="${about.choose}"] button`).click();
    await page.locator('.ant-modal .fields').waitFor();
    await fill(page, values);
    await enter(page, form);
    if (shown) await page.locator(`[data-step="${form}"]`, { hasText: shown }).first().waitFor();
    entered.push(form);
  }
  await visitor.leave();
  const { answer: audit } = await ledger.ask('zhou', 'GET', `/v1/cases/${id}/audits/1`);
  assert.equal(audit.special_deductions[0].finding, 'F1');
  assert.equal(audit.special_deductions[0].revoked.actor, 'li');
  assert.equal(audit.person_days_on_site[0].days, '0.5');
  const { answer } = await ledger.ask('zhou', 'GET', `/v1/cases/${id}`);
  assert.equal(answer.state, 'closed');
  assert.equal(answer.penalties[0].cleared.entry.actor, 'wang');
  assert.equal(answer.appeals[0].outcome.outcome, 'dismissed');
  assert.equal(answer.complaints[0].outcome.outcome, 'substantiated');
  return entered;
}
