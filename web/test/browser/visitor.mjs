// A person at a browser. Whatever a page says to the console, and every address it asks for, is kept:
// a page that breaks its policy or asks another host fails the run.
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

export async function launch() {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

export class Visitor {
  complaints = [];

  static async enter(browser, ledger, actor, options = {}) {
    const visitor = new Visitor();
    const { language = 'zh', ...more } = options;
    visitor.context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN', ...more });
    const page = await visitor.context.newPage();
    visitor.page = page;
    visitor.ledger = ledger;
    page.setDefaultTimeout(60_000);
    await page.addInitScript((tag) => localStorage.setItem('starledger.language', tag), language);
    page.on('pageerror', (error) => visitor.complaints.push(error.message));
    page.on('console', (said) => {
      // A refusal is no fault of the page; the browser logs its status.
      if (said.type() === 'error' && !/Failed to load resource/.test(said.text())) visitor.complaints.push(said.text());
    });
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(ledger.url) && !url.startsWith('data:') && !url.startsWith('blob:'))
        visitor.complaints.push(`asks ${url}`);
    });
    await page.goto(`${ledger.url}/sign-in#${ledger.tokens[actor]}`);
    await page.locator('.work').waitFor();
    return visitor;
  }

  async open(path) {
    await this.page.goto(this.ledger.url + path);
    await this.page.locator('#main').waitFor();
    await this.settle();
  }

  /** Nothing is being waited for any more. */
  async settle() {
    await this.page.waitForFunction(() => !document.querySelector('.waiting'));
  }

  async leave() {
    await this.context.close();
    assert.deepEqual(this.complaints, [], 'what the pages complained about');
  }
}
