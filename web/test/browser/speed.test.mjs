// The speeds that were promised, measured in a real browser and printed beside the promise. A machine that
// is busy with other things is slow without fault of ours, so no time fails a test; the size of the first
// screen does.
import assert from 'node:assert/strict';
import { availableParallelism, loadavg } from 'node:os';
import { after, before, test } from 'node:test';
import { Ledger } from './server.mjs';
import { launch, Visitor } from './visitor.mjs';

const ledger = new Ledger();
let browser;
before(async () => {
  console.log(`# load ${loadavg()[0].toFixed(1)} on ${availableParallelism()} processors`);
  await ledger.start();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await ledger.stop();
  ledger.remove();
});

function promise(what, found, limit, unit) {
  console.log(
    `# ${what}: ${Math.round(found * 10) / 10} ${unit} (promised ${limit} ${unit})${found <= limit ? '' : ' — NOT MET'}`,
  );
}

/** The longest task of the page while something runs in it. */
async function longestTask(page, run) {
  await page.evaluate(() => {
    window.longest = 0;
    window.watch = new PerformanceObserver((list) => {
      for (const task of list.getEntries()) window.longest = Math.max(window.longest, task.duration);
    });
    window.watch.observe({ type: 'longtask' });
  });
  await run();
  return page.evaluate(() => {
    window.watch.disconnect();
    return window.longest;
  });
}

test('the first screen is small and there at once', async () => {
  const visitor = await Visitor.enter(browser, ledger, 'zhou');
  const page = await visitor.context.newPage();
  const files = new Set();
  page.on('request', (request) => {
    if (/\/assets\/.*\.(js|css)$/.test(request.url())) files.add(request.url());
  });
  await visitor.context.clearCookies({ name: 'none' });
  await page.goto(`${ledger.url}/`);
  await page.locator('.work section p, .work section li').first().waitFor();
  const ready = await page.evaluate(() => performance.now());
  let size = 0;
  for (const url of files) {
    const response = await fetch(url, { headers: { 'Accept-Encoding': 'gzip' } });
    assert.equal(response.headers.get('Cache-Control'), 'public, max-age=31536000, immutable');
    size += Number(response.headers.get('Content-Length'));
    await response.arrayBuffer();
  }
  promise('first screen, gzip', size / 1000, 300, 'kB');
  assert.ok(size < 300_000);
  promise('first screen, until the work can be seen', ready, 1500, 'ms');
  await visitor.leave();
});

test('a list of 10,000 cases scrolls', async () => {
  const cases = 10_000;
  let next = 0;
  const post = async () => {
    while (next < cases) {
      const name = `第${++next}号售后服务有限公司`;
      await ledger.ask('wang', 'POST', '/v1/cases', {
        kind: 'certification',
        scheme: 'gbt27922-2011',
        organization: { name },
        scope: '家用电器的安装、维修和售后服务',
      });
    }
  };
  await Promise.all(Array.from({ length: 32 }, post));
  const visitor = await Visitor.enter(browser, ledger, 'zhou');
  const { page } = visitor;
  await visitor.open('/cases');
  await page.locator('.head [role=status]', { hasText: /^100\d\d 行$/ }).waitFor({ timeout: 60_000 });
  const table = page.locator('.table');
  await table.hover();
  const longest = await longestTask(page, async () => {
    for (let i = 0; i < 80; i++) await page.mouse.wheel(0, i % 10 === 0 ? 30_000 : 900);
    await page.locator('.table-row[data-index]').first().waitFor();
  });
  promise('scrolling 10,000 cases, longest task', longest, 100, 'ms');
  assert.ok((await page.locator('.table-row[data-index]').count()) < 60, 'only what is in sight is in the page');
  await visitor.leave();
});

/** Deducts and takes back, over and over, so that the case has as many events that move its score. */
async function restless(name, count) {
  const { id } = await ledger.onSite(name);
  const path = `/v1/cases/${id}`;
  let [etag, deduction] = ['"5"', 0];
  for (let done = 0; done < count;) {
    const commands = [];
    while (commands.length < Math.min(500, count - done)) {
      deduction++;
      const body = {
        clause: '5.3.2.2',
        basis: 'sampled',
        sample: { size: 40, nonconforming: (deduction % 39) + 1 },
        reason: '抽样',
      };
      commands.push({ path: 'audits/1/deductions', body });
      commands.push({ path: `audits/1/deductions/D${deduction}/revocation`, body: { reason: '复核后撤销' } });
    }
    ({ etag } = await ledger.ask('li', 'POST', `${path}/batch`, { commands }, { 'If-Match': etag }));
    done += commands.length;
  }
  return id;
}

/** Moves the slider one entry back and says how long it took until the page showed it. */
const step = (page, by) =>
  page.evaluate(
    (move) =>
      new Promise((resolve) => {
        const slider = document.querySelector('.replay-slider');
        const shown = document.querySelector('[data-replayed]');
        const before = shown.dataset.replayed;
        const began = performance.now();
        const watch = new MutationObserver(() => {
          if (shown.dataset.replayed === before) return;
          watch.disconnect();
          requestAnimationFrame(() => resolve(performance.now() - began));
        });
        watch.observe(shown, { attributes: true });
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(
          slider,
          Number(slider.value) + move,
        );
        slider.dispatchEvent(new Event('input', { bubbles: true }));
      }),
    by,
  );

test('a step of the replay shows at once, at 300 events', async () => {
  const id = await restless('三百条记录有限公司', 300);
  const visitor = await Visitor.enter(browser, ledger, 'zhou');
  const { page } = visitor;
  await visitor.open(`/cases/${id}/timeline`);
  await page.locator('[data-replayed]').waitFor();
  const took = [];
  for (let i = 0; i < 60; i++) took.push(await step(page, -1));
  took.sort((a, b) => a - b);
  promise('replay step at 300 events, median', took[30], 50, 'ms');
  console.log(`# replay step at 300 events, 95 of 100: ${Math.round(took[56])} ms`);
  await visitor.leave();
});

test('a timeline of 10,000 points stays smooth', async () => {
  const id = await restless('一万条记录有限公司', 10_000);
  const visitor = await Visitor.enter(browser, ledger, 'zhou');
  const { page } = visitor;
  page.setDefaultTimeout(90_000);
  const began = Date.now();
  await visitor.open(`/cases/${id}/timeline`);
  await page.locator('[data-replayed]').waitFor();
  console.log(`# a timeline of 10,000 points is there after ${Date.now() - began} ms`);
  const longest = await longestTask(page, async () => {
    for (let i = 0; i < 30; i++) await step(page, -1);
  });
  promise('moving through 10,000 points, longest task', longest, 100, 'ms');
  await visitor.leave();
});
