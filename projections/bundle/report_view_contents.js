// The contents: the cases of a review's bundle, each with its outcome. The rest of the page shows one of
// them. A bundle of one case has no contents.

function showContents(reports, results, chosen, choose) {
  const section = byId('contents');
  section.hidden = reports.length === 1;
  if (section.hidden) return;
  fill('contents', heading('contents'), el('p', { class: 'quiet' }, ui('contentsHint')),
    el('ol', { class: 'checks' }, reports.map((report, i) => contentsItem(report, results[i], i === chosen, () => choose(i)))));
}

function contentsItem(report, result, current, choose) {
  const outcome = result.verdict === 'broken' ? 'fail' : 'pass';
  const opened = factsOf(ownEvents(report, result.entries)).opened?.data;
  const name = el('button', { type: 'button', 'aria-current': current ? 'true' : undefined, click: choose }, phraseOf(opened?.organization?.name) ?? ui('notOpened'));
  const details = [phraseOf(opened?.kind, 'caseKinds'), opened?.kind && ' · ', mono(report.case), ' · ', ui('entryCount', { count: result.entries.length })];
  const state = el('span', { class: 'state' }, el('span', { class: 'mark', 'aria-hidden': 'true' }, marks[outcome]), ui(outcome));
  return el('li', { 'data-case': report.case, 'data-outcome': outcome }, el('div', {}, name, el('p', { class: 'quiet' }, details)), state);
}
