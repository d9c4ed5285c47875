// The start: what the page holds is shown, verified, and verified again whenever the reader brings
// a policy.

const data = JSON.parse(byId('data').textContent);
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
  const result = await verifyCase(data, ownPolicy ?? bundlePolicy, (done, all) => mine === run && showProgress(done, all));
  const key = own ? undefined : await firstLogKey();
  if (mine !== run) return;
  showChecks(result.checks, own);
  showCheckpoint(data, result);
  showCase(data, result.entries);
  showHistory(data, result.entries, result.checkpoint);
  openLinked();
  showResult(result, own, key, ownEvents(data, result.entries).length);
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
