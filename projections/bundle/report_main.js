// The start: what the page holds is shown, verified, and verified again whenever the reader brings
// a policy.

const data = JSON.parse(byId('data').textContent);
// The case that the page is about, then those that it drew, where it is a review.
const reports = [data, ...(data.cases ?? []).map((drawn) => ({ ...data, cases: [], ...drawn }))];
const bundlePolicy = readable(fromBase64(data.policy));

function chooseLanguage(l) {
  document.documentElement.lang = l === 'zh' ? 'zh-CN' : 'en';
  document.title = `${ui('title')[l]} · ${data.case}`;
  for (const button of byId('languages').querySelectorAll('button')) {
    button.setAttribute('aria-pressed', String(button.value === l));
  }
}

// Chinese first; English for those whose browser asks for it.
const preferred = () => (navigator.languages.find((l) => /^(zh|en)\b/.test(l))?.startsWith('en') ? 'en' : 'zh');

async function firstLogKey() {
  try {
    return (await parsePolicy(bundlePolicy)).logs.map((key) => key.text).join('\n');
  } catch (error) {
    return faultPhrase(told(error)).en;
  }
}

// Of two runs that overlap only the later may speak.
let run = 0;

async function verify(ownPolicy) {
  const mine = ++run;
  const own = ownPolicy !== undefined;
  showVerdict('verifying', ui('verifying'), el('p', { id: 'progress' }));
  const results = [];
  for (const report of reports) {
    results.push(await verifyCase(report, ownPolicy ?? bundlePolicy, (done, all) => mine === run && showProgress(done, all)));
  }
  const key = own ? undefined : await firstLogKey();
  if (mine !== run) return;
  const worst = Math.max(results.findIndex(({ verdict }) => verdict === 'broken'), 0);
  showCheckpoint(data, results[0]);
  showOne(results, worst, own);
  openLinked();
  showResult(together(results, worst), own, key, ownEvents(data, results[0].entries).length);
}

// together is the verdict over all cases: that of the first broken one, over the entries of all.
const together = (results, worst) => ({ ...results[worst], entries: results.flatMap(({ entries }) => entries) });

// showOne shows one of the cases.
function showOne(results, chosen, own) {
  const [report, result] = [reports[chosen], results[chosen]];
  showContents(reports, results, chosen, (other) => showOne(results, other, own));
  showChecks(result.checks, own);
  showScores(report.score, report.calculation);
  showCase(report, result.entries);
  showHistory(report, result.entries, result.checkpoint);
}

// attempted says so when this program fails. That is no verdict.
async function attempted(ownPolicy) {
  try {
    await verify(ownPolicy);
  } catch (error) {
    showVerdict('unavailable', ui('defect'), el('p', {}, ui('defectText')), el('p', { class: 'quiet' }, mono(String(error))));
  }
}

function start() {
  byId('languages').addEventListener('click', ({ target }) => {
    const button = target.closest('button');
    if (button !== null) chooseLanguage(button.value);
  });
  chooseLanguage(preferred());
  showScores(data.score, data.calculation);
  showNotProven();
  if (globalThis.crypto?.subtle === undefined) {
    showVerdict('unavailable', ui('unavailable'), el('p', {}, ui('unavailableText')));
    return;
  }
  showPolicyBox(bundlePolicy, attempted);
  addEventListener('hashchange', openLinked);
  attempted();
}

start();
