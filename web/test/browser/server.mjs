// The real ledgerd with its demo, in a directory of its own, on ports that the system chose.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const program = process.env.LEDGERD ?? new URL('../../../bin/ledgerd', import.meta.url).pathname;

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export class Ledger {
  data = mkdtempSync(join(tmpdir(), 'workbench-'));

  async start() {
    this.port ??= await freePort();
    this.ops ??= await freePort();
    this.url = `http://127.0.0.1:${this.port}`;
    const args = ['serve', '--demo', '--data', join(this.data, 'demo')];
    args.push('--listen', `127.0.0.1:${this.port}`, '--ops', `127.0.0.1:${this.ops}`);
    this.process = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    await new Promise((resolve, reject) => {
      const hear = (piece) => {
        said += piece;
        if (said.includes('a restart adds nothing')) resolve();
      };
      this.process.stdout.on('data', hear);
      this.process.stderr.on('data', hear);
      this.process.on('exit', (code) => reject(new Error(`ledgerd ended with ${code}:\n${said.slice(-3000)}`)));
    });
    const people = JSON.parse(readFileSync(join(this.data, 'demo', 'tokens.json'), 'utf8'));
    this.tokens = Object.fromEntries(people.map((person) => [person.actor, person.token]));
  }

  async stop() {
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.removeAllListeners('exit');
    this.process.once('exit', () => undefined);
    const gone = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill('SIGTERM');
    await Promise.race([ended, gone]);
  }

  remove() {
    rmSync(this.data, { recursive: true, force: true });
  }

  /** What a program of somebody would send. */
  async ask(actor, method, path, body, headers = {}) {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        Authorization: `Bearer ${this.tokens[actor]}`,
        ...(body ? { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() } : {}),
        ...headers,
      },
      body: body ? JSON.stringify(body) : undefined,
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer).slice(0, 400)}`);
    return { answer, etag: response.headers.get('ETag') };
  }

  async caseIn(state) {
    const { answer } = await this.ask('zhou', 'GET', `/v1/cases?state=${state}`);
    return answer.items.at(-1).case; // the oldest: the demo tells its simplest cases first
  }

  /** A case whose audit has been opened, with li as lead and zhao as auditor. */
  async onSite(name, more = {}) {
    const { answer: opened } = await this.ask('wang', 'POST', '/v1/cases', {
      kind: 'certification',
      scheme: 'gbt27922-2011',
      organization: { name },
      scope: '家用电器的售后服务',
      ...more,
    });
    const path = `/v1/cases/${opened.case}`;
    let { etag } = await this.ask('wang', 'POST', `${path}/application-review`, {
      outcome: 'accepted',
      reason: '材料齐全',
    });
    const today = new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10);
    const team = [
      { actor: 'li', role: 'lead' },
      { actor: 'zhao', role: 'auditor' },
    ];
    await this.ask('wang', 'POST', `${path}/audits`, { kind: 'initial', team, starts_on: today, ends_on: today });
    await this.ask('li', 'POST', `${path}/audits/1/document-review`, { outcome: 'accepted', reason: '可供现场审查' });
    ({ etag } = await this.ask('li', 'POST', `${path}/audits/1/opening`, {
      held_at: new Date(Date.now() - 300_000).toISOString(),
    }));
    return { id: opened.case, etag };
  }

  /** Brings an audit that was opened to the end of its sheet: every clause conforms, but where one is named. */
  async toSheet(id, found) {
    const path = `/v1/cases/${id}`;
    const { answer: scheme } = await this.ask('li', 'GET', '/v1/schemes/gbt27922-2011');
    const commands = scheme.clauses.map((clause) => ({
      path: 'audits/1/assessments',
      body: {
        clause: clause.id,
        result: clause.id === found ? 'nonconforming' : 'conforming',
        method: 'documents',
      },
    }));
    if (found) {
      const finding = { clause: found, category: 'nonconformity', severity: 'minor', statement: '回访记录不全' };
      const deduction = { clause: found, basis: 'qualitative', finding: 'F1', reason: '见不符合项' };
      commands.unshift({ path: 'audits/1/findings', body: finding }, { path: 'audits/1/deductions', body: deduction });
    }
    await this.ask('li', 'POST', `${path}/batch`, { commands });
  }

  /** Brings an audit that was opened to its report: every clause conforms. */
  async toReport(id) {
    const path = `/v1/cases/${id}`;
    await this.toSheet(id);
    const held = { held_at: new Date(Date.now() - 60_000).toISOString() };
    const { etag } = await this.ask('li', 'POST', `${path}/audits/1/closing`, held);
    const report = { recommendation: 'grant', grade: 'five_star', summary: '体系有效' };
    return this.ask('li', 'POST', `${path}/audits/1/report`, report, { 'If-Match': etag });
  }
}
