// What quality staff and assessors do: compare cases, hold the log to what was seen, review the body.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { inspect, looks } from './pages.mjs';
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

async function enter(page) {
  await button(page, '预览').click();
  await button(page, '确认入账').click();
  await page.locator('.ant-message-success').last().waitFor();
}

/** The history of the score that a comparison shows: that of the last audit which has one. */
async function timelineOf(id) {
  const { answer: kase } = await ledger.ask('zhou', 'GET', `/v1/cases/${id}`);
  const { audit } = kase.audits.findLast((each) => each.score);
  const { answer } = await ledger.ask('zhou', 'GET', `/v1/cases/${id}/audits/${audit}/score/timeline`);
  return answer.items;
}

test('cases are picked in the list, stand side by side, and are replayed by one slider', async () => {
  const [active, onSite] = [await ledger.caseIn('active'), await ledger.caseIn('on_site')];
  const visitor = await visit('zhou');
  const { page } = visitor;
  await page.setViewportSize({ width: 1366, height: 1600 }); // only rows in sight are in the page
  // A view of the list is its filters, its columns and its order, under a name.
  await visitor.open('/cases?state=active');
  await page.getByRole('columnheader').getByRole('button', { name: /得分/ }).click();
  await button(page, '列').click();
  await page.getByRole('checkbox', { name: '进度' }).uncheck();
  await page.getByRole('columnheader', { name: '进度' }).waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: '已存视图' }).click();
  await page.getByRole('textbox', { name: '视图名称' }).fill('有效证书');
  await page.getByRole('button', { name: '保存视图' }).click();
  await visitor.open('/cases');
  await page.getByRole('button', { name: '已存视图' }).click();
  await button(page, '有效证书').click();
  await page.waitForURL(/\/cases\?state=active&sort=score&hide=progress$/);
  assert.equal(await page.getByRole('columnheader', { name: /得分/ }).getAttribute('aria-sort'), 'ascending');
  assert.equal(await page.getByRole('columnheader', { name: '进度' }).count(), 0);
  await visitor.open('/cases?member=me');
  await page.getByText('没有符合条件的项目').waitFor(); // a quality clerk is in no team

  await visitor.open('/cases');
  for (const id of [active, onSite]) {
    const row = page.locator('.table-row', { has: page.locator(`a[href="/cases/${id}"]`) });
    await row.getByRole('checkbox').check();
  }
  await page.getByRole('button', { name: '比较所选（2）' }).click();
  const finals = page.locator('.compare [data-final]');
  const items = await Promise.all([active, onSite].map(timelineOf));
  for (const list of items)
    await page
      .locator(`.compare [data-final="${list.at(-1).final.value}"]`)
      .first()
      .waitFor();

  // At every instant each column is the score of its case up to then.
  const slider = page.locator('.replay-slider');
  const max = Number(await slider.getAttribute('max'));
  for (let at = 40; at <= max; at += 17) {
    await slider.fill(String(at));
    const seq = Number((await page.locator('.replay .entry-link').textContent()).slice(1));
    await page.locator(`[data-compared="${seq}"]`).waitFor();
    const expected = items.flatMap((list) => list.findLast((item) => item.seq <= seq)?.final.value ?? []);
    await page.waitForFunction(
      (values) =>
        JSON.stringify([...document.querySelectorAll('.compare [data-final]')].map((e) => e.dataset.final)) ===
        JSON.stringify(values),
      expected,
    );
  }
  assert.ok((await finals.count()) > 0);

  // Where the replay rests and which audits are held against each other stand in the address.
  await slider.fill('40');
  const rest = Number((await page.locator('.replay .entry-link').textContent()).slice(1));
  await page.waitForURL((url) => url.searchParams.get('seq') === String(rest));
  const { answer } = await ledger.ask('zhou', 'GET', '/v1/cases');
  const { case: many } = answer.items.find((row) => row.audit?.audit > 1);
  await visitor.open(`/compare?case=${many}&case=${active}`);
  await page.locator('.compare thead select').selectOption('1');
  await page.waitForURL((url) => url.searchParams.getAll('case').join() === `${many}.1,${active}`);
  const first = (await ledger.ask('zhou', 'GET', `/v1/cases/${many}/audits/1/score`)).answer;
  await page.locator(`.compare [data-final="${first.final.value}"]`).first().waitFor();

  // The same two audits clause by clause, as the server compares them.
  const compared = (await ledger.ask('zhou', 'GET', `/v1/cases/${many}/audits/2/comparison?with=1`)).answer;
  await visitor.open(`/cases/${many}/sheet?audit=2`);
  await page.getByLabel('对照').selectOption(`${many}.1`);
  await page.locator(`[data-sheet="${compared.clauses.length}"]`).waitFor();
  assert.equal(await page.locator('.clause-sheet .tag.loss').count(), compared.repeated.length);
  // When the second audit had only been planned it said nothing of any clause yet.
  const all = compared.clauses.length;
  assert.ok(Number(await page.locator('[data-differ]').getAttribute('data-differ')) < all);
  const { entry } = (await ledger.ask('zhou', 'GET', `/v1/cases/${many}/audits/2`)).answer;
  await visitor.open(`/cases/${many}/sheet?audit=2&against=${many}.1&as_of=seq:${entry.seq}`);
  await page.locator(`[data-differ="${all}"]`).waitFor();

  // The browser walks a case from the signed checkpoint back to its first entry.
  await visitor.open(`/cases/${active}`);
  await page.getByRole('button', { name: '核验本项目' }).click();
  await page.locator('[data-verified="holds"]').waitFor();
  await visitor.leave();
});

test('the browser pins the log, and an older or another one raises an alarm', async () => {
  const visitor = await visit('zhou');
  const { page } = visitor;
  const pinned = () => page.evaluate(() => JSON.parse(localStorage.getItem('starledger.checkpoint') ?? 'null'));
  await page.waitForFunction(() => localStorage.getItem('starledger.checkpoint'));
  const first = await pinned();
  assert.match(first.key, /^starledger\.local\+/);

  // The ledger grows; the browser holds what it sees now to what it saw.
  const older = await (await fetch(`${ledger.url}/log/checkpoint`)).text();
  const { id } = await ledger.onSite('封存之后有限公司');
  const grown = async () => Number((await (await fetch(`${ledger.url}/log/checkpoint`)).text()).split('\n')[1]);
  const { answer } = await ledger.ask('zhou', 'GET', `/v1/cases/${id}`);
  while ((await grown()) < answer.as_of.seq) await page.evaluate(() => new Promise(requestAnimationFrame));
  await visitor.open('/ledger');
  await page.waitForFunction(
    (seq) => JSON.parse(localStorage.getItem('starledger.checkpoint')).size >= seq,
    answer.as_of.seq,
  );
  assert.equal(await page.locator('.alarm').count(), 0);
  assert.equal((await pinned()).pinnedAt, first.pinnedAt);

  // Rolled back: the checkpoint is genuine, and older than the one seen.
  await page.context().route('**/log/checkpoint', (route) => route.fulfill({ body: older }));
  await visitor.open('/ledger');
  await page.locator('[data-alarm=shrank]').waitFor();
  await page.locator('[data-badge=alarm]').waitFor();
  await page.context().unroute('**/log/checkpoint');
  await button(page.locator('.alarm'), '重试').click();
  await page.locator('.alarm').waitFor({ state: 'detached' });

  // The server answers, and keeps the tiles that prove the ledger to go on from what was seen: an alarm.
  // Without an answer nothing is known, and the badge says only that.
  await page.evaluate(
    ([size, root]) => {
      const memory = JSON.parse(localStorage.getItem('starledger.checkpoint'));
      localStorage.setItem('starledger.checkpoint', JSON.stringify({ ...memory, size: Number(size), root }));
    },
    older.split('\n').slice(1, 3),
  );
  await page.context().route('**/log/tile/**', (route) => route.abort());
  await visitor.open('/ledger');
  await page.locator('[data-badge=offline]').waitFor();
  assert.equal(await page.locator('.alarm').count(), 0);
  await page.context().unroute('**/log/tile/**');
  await page.context().route('**/log/tile/**', (route) => route.fulfill({ status: 404 }));
  await visitor.open('/ledger');
  await page.locator('[data-alarm=withheld]').waitFor();
  await page.locator('[data-badge=alarm]').waitFor();
  await page.context().unroute('**/log/tile/**');

  // Another key: what it signed may be well signed, and is not the log that was pinned.
  await page.evaluate(
    (key) => {
      const memory = JSON.parse(localStorage.getItem('starledger.checkpoint'));
      localStorage.setItem('starledger.checkpoint', JSON.stringify({ ...memory, key }));
    },
    `starledger.local+00000000+${'A'.repeat(44)}`,
  );
  await visitor.open('/ledger');
  await page.locator('[data-alarm=key]').waitFor();

  // Another history of the same length or longer.
  await page.evaluate(
    ([key, root]) => {
      const memory = JSON.parse(localStorage.getItem('starledger.checkpoint'));
      localStorage.setItem('starledger.checkpoint', JSON.stringify({ ...memory, key, root, size: 41 }));
    },
    [first.key, Buffer.alloc(32, 7).toString('base64')],
  );
  await visitor.open('/ledger');
  await page.locator('[data-alarm=fork]').waitFor();
  await button(page, '改为信任现在的账本').click();
  await page.locator('.ant-popconfirm').getByRole('button', { name: '改为信任现在的账本' }).click();
  await page.locator('.alarm').waitFor({ state: 'detached' });
  await visitor.leave();
});

test('an assessor opens a review, draws cases, finds anomalies, notes them and takes bundles home', async () => {
  const [a, b] = await Promise.all([ledger.onSite('雷同甲有限公司'), ledger.onSite('雷同乙有限公司')]);
  for (const { id } of [a, b])
    await ledger.ask('zhao', 'POST', `/v1/cases/${id}/audits/1/findings`, {
      clause: '5.3.2.2',
      category: 'nonconformity',
      severity: 'minor',
      statement: '抽查投诉登记三十件，其中五件未在承诺时限内答复',
    });
  const visitor = await visit('wu');
  const { page } = visitor;
  await visitor.open('/checks');
  await page.locator('.matrix').getByText('雷同甲有限公司').waitFor();
  const { answer: readable } = await ledger.ask('wu', 'GET', '/v1/cases?limit=1000');
  const cases = readable.items.filter((row) => row.kind !== 'accreditation_review').length;
  assert.equal(await page.locator('.matrix tbody tr').count(), cases, 'the checks over every case');
  await button(page, '开立认可评审').click();
  await page.getByLabel('被评审的认证机构').fill('示例认证有限公司');
  await page.getByLabel('范围').fill('领域 01、03');
  const today = new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10);
  await page.getByLabel('期间自').fill(`${today.slice(0, 4)}-01-01`);
  await page.getByLabel('期间至').fill(today);
  await enter(page);
  await button(page, '登记项目清单').first().click();
  await enter(page);
  await button(page, '抽取').click();
  await page.locator('[data-sealed=true]').waitFor();
  const listed = Number(/^N = (\d+)$/.exec(await page.locator('tr.chosen td.num').textContent())[1]);
  await page.getByLabel(/样本量/).fill(String(listed));
  await enter(page);
  await page.locator('[data-repeated=true]').waitFor();
  assert.equal(await page.locator('.drawn li').count(), listed);

  await page.getByRole('link', { name: '检查矩阵' }).click();
  await page.locator('.matrix').getByText('雷同甲有限公司').waitFor();
  await page.getByRole('link', { name: '异常' }).click();
  await page.locator('[data-anomaly=copied]', { hasText: /雷同[甲乙]有限公司/ }).waitFor();
  await page.locator('[data-anomaly=late]').first().waitFor();

  await page.getByRole('link', { name: '评审记录' }).click();
  await button(page, '新记录').click();
  await page.getByLabel('所涉项目').selectOption(a.id);
  await page.getByLabel('内容').fill('两项目不符合事实文字相同，需说明');
  await enter(page);
  await page.getByRole('cell', { name: /两项目不符合事实文字相同/ }).waitFor();

  await page.getByRole('link', { name: '离线核验包' }).click();
  for (const box of (await page.locator('.wizard input[type=checkbox]').all()).slice(2)) await box.uncheck();
  const files = [];
  page.on('download', (file) => files.push(file));
  await button(page, '下载 2 个核验包').click();
  await page.locator('[data-bundle]').nth(1).waitFor();
  const digests = await page.locator('[data-bundle]').evaluateAll((list) => list.map((e) => e.dataset.bundle));
  const saved = await Promise.all(files.map(async (file) => readFileSync(await file.path())));
  assert.deepEqual(saved.map((bytes) => createHash('sha256').update(bytes).digest('hex')).sort(), digests.sort());
  await visitor.leave();
});

test('an administrator grants and revokes; others see who may read', async () => {
  const visitor = await visit('root');
  const { page } = visitor;
  await visitor.open('/settings?part=grants');
  await button(page, '新增授权').click();
  await page.getByLabel('被授权人（登录名）').fill('wu');
  await page.getByLabel('至（含当日）').fill('2099-12-31');
  await page.getByLabel('理由').fill('专项评审');
  await enter(page);
  const row = page.getByRole('row', { name: /专项评审/ });
  await row.getByText('有效').waitFor();
  await row.getByRole('button', { name: '撤销授权' }).click();
  await page.getByLabel('理由').fill('评审结束');
  await enter(page);
  await row.getByText('已撤销').waitFor();
  await visitor.leave();
  const other = await visit('zhou');
  await other.open('/settings?part=grants');
  await other.page
    .getByRole('row', { name: /专项评审/ })
    .getByText('已撤销')
    .waitFor();
  assert.equal(await button(other.page, '新增授权').count(), 0);
  await other.open('/settings?part=health');
  await other.page.locator('[data-sound=true]').waitFor();
  await other.open('/settings?part=keys');
  await other.page.getByText('一致').waitFor();
  await other.leave();
});

for (const { name, options } of looks) {
  test(`forms, samples, comparison and review are accessible and have their pictures: ${name}`, async () => {
    const [active, onSite] = [await ledger.caseIn('active'), await ledger.caseIn('on_site')];
    const { answer } = await ledger.ask('wu', 'GET', '/v1/cases');
    const review = answer.items.find((row) => row.kind === 'accreditation_review').case;
    const found = [];
    const routes = {
      zhao: [
        `/cases/${onSite}/findings/new?clause=5.3.2.2`,
        `/cases/${onSite}/findings/samples`,
        `/cases/${active}/findings/F1`,
      ],
      wu: [
        '/cases',
        `/cases/${active}/clauses`,
        `/cases/${active}/sheet`,
        `/compare?case=${active}&case=${onSite}`,
        '/checks',
        ...['pick', 'matrix', 'anomalies', 'notes', 'bundles'].map((part) => `/checks/${review}?part=${part}`),
        ...['policies', 'grants', 'keys', 'health', 'tokens'].map((part) => `/settings?part=${part}`),
      ],
    };
    for (const [actor, paths] of Object.entries(routes)) {
      const visitor = await visit(actor, { bypassCSP: true, ...options });
      for (const path of paths) {
        await visitor.open(path);
        found.push(...(await inspect(visitor.page, name, path)));
      }
      await visitor.leave();
    }
    assert.deepEqual(found, []);
  });
}
