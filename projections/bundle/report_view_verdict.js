// The verdict, what it rests on, and what it does not say.

const marks = { verifying: '…', sound: '✔', broken: '✖', unavailable: '!', pass: '✔', fail: '✖', open: '–' };

function showVerdict(state, title, ...text) {
  document.documentElement.dataset.verdict = state;
  const mark = el('span', { class: 'mark', 'aria-hidden': 'true' }, marks[state]);
  fill('verdict', mark, el('div', {}, el('h1', {}, title), text));
}

function showProgress(done, all) {
  if (done % 50 === 0) fill('progress', ui('verifyingCount', { done, all }));
}

// firstError is what is wrong with the lowest bad entry, or with the whole where no entry is bad.
const firstError = ({ lowest, checks }) => lowest?.faults[0].error ?? checks.find((check) => check.outcome === 'fail')?.error;

// showResult also leaves the verdict in attributes of the page, for programs.
function showResult(result, own, key, length) {
  const { dataset } = document.documentElement;
  dataset.trust = own ? 'own' : 'bundle';
  dataset.bad = result.lowest?.seq ?? '';
  dataset.fault = firstError(result)?.code ?? '';
  const count = result.entries.length;
  if (result.verdict === 'broken') return showVerdict('broken', ui('broken'), el('p', {}, brokenPhrase(result)));
  return showVerdict('sound', ui('sound'),
    el('p', {}, ui(own ? 'soundOwn' : 'soundBundle', { count })),
    own ? undefined : el('p', { class: 'key' }, el('strong', {}, ui('compareKey')), mono(key),
      el('button', { type: 'button', click: openPolicyBox }, ui('policy'))),
    el('p', { class: 'quiet' }, ui('completeUpTo', { count: length })));
}

function brokenPhrase(result) {
  const { lowest, error } = result;
  const fault = faultPhrase(firstError(result));
  if (lowest === undefined) return error === undefined ? fault : ui('brokenSignature', { fault });
  const values = { seq: lowest.seq, caseSeq: lowest.event?.caseseq, fault };
  return ui(lowest.event === undefined ? 'brokenAtUnread' : 'brokenAt', values);
}

function showChecks(checks, own) {
  const policy = ui(own ? 'ownPolicy' : 'bundlePolicy');
  fill('checked', heading('checked'), el('ol', { class: 'checks' }, checks.map((check) => {
    const state = el('span', { class: 'state' }, el('span', { class: 'mark', 'aria-hidden': 'true' }, marks[check.outcome]), ui(check.outcome));
    const name = ui(`check_${check.id}`, { policy, skew: witnessSkew });
    return el('li', { 'data-check': check.id, 'data-outcome': check.outcome }, el('div', {}, name, el('p', { class: 'quiet' }, checkDetail(check))), state);
  })));
}

function checkDetail({ outcome, count, seq, error }) {
  if (outcome === 'open') return ui('noWitness');
  if (outcome === 'pass') return count === undefined ? undefined : ui('entryCount', { count });
  return [count === undefined ? undefined : [ui('badCount', { count, seq }), ' · '], faultPhrase(error)];
}

function showNotProven() {
  const limits = ['not_ledger', 'not_scores', 'not_schema', 'not_truth', 'not_page'];
  fill('limits', heading('notProven'), el('ul', {}, limits.map((key) => el('li', {}, ui(key)))));
}
