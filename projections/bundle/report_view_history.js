// The history: one sentence an entry, and behind it everything that proves it.

const arrows = { gain: '▲', loss: '▼', none: '' };

function showHistory(data, entries, checkpoint) {
  const root = checkpoint && toBase64(checkpoint.root);
  const clauses = clausesOf(ownEvents(data, entries));
  const toggle = (open) => byId('history').querySelectorAll('.entry > details').forEach((details) => { details.open = open; });
  fill('history', heading('history'), el('p', { class: 'quiet' }, ui('historyHint')),
    el('div', { class: 'actions' },
      el('button', { type: 'button', click: () => toggle(true) }, ui('expandAll')),
      el('button', { type: 'button', click: () => toggle(false) }, ui('collapseAll'))),
    el('ol', { class: 'entries' }, entries.map((entry) => entryItem(entry, clauses, root))));
}

function entryItem(entry, clauses, root) {
  const bad = entry.faults.length > 0;
  const details = el('details', {}, el('summary', {},
    el('span', { class: 'seq' }, `#${entry.seq}`),
    el('span', { class: 'when' }, entry.event && shanghai(entry.event.time)),
    el('span', { class: 'what' }, entry.event === undefined ? ui('unreadable') : tale(entry.event, clauses),
      bad ? el('span', { class: 'fault' }, faultPhrase(entry.faults[0].error)) : undefined),
    el('span', { class: 'state' }, el('span', { class: 'mark', 'aria-hidden': 'true' }, marks[bad ? 'fail' : 'pass']), ui(bad ? 'fail' : 'pass'))));
  onFirstOpen(details, () => evidence(entry, root));
  return el('li', { class: 'entry', id: `e${entry.seq}`, 'data-outcome': bad ? 'fail' : 'pass' }, details);
}

// tale is who did what, why, and when it happened if that is not when it was recorded.
function tale(event, clauses) {
  const way = effect(event.type);
  const arrow = way === 'none' ? undefined : el('span', { class: way, 'aria-hidden': 'true' }, `${arrows[way]} `);
  const more = [
    event.reason && ui('why', { reason: event.reason }), event.note && ui('note', { note: event.note }),
    event.subject === registry ? ui('ofLedger') : undefined, event.onbehalfof && ui('behalf', { organization: event.onbehalfof }),
    event.effectivetime === event.time ? undefined : ui('effective', { time: shanghai(event.effectivetime) }),
  ].filter((part) => part);
  return [
    el('span', { class: 'told' }, arrow, el('strong', {}, phraseOf(event.actorid)), ' ', el('span', { class: 'role' }, phraseOf(event.actorrole, 'roles')), ' ', sentence(event, clauses)),
    more.length === 0 ? undefined : el('span', { class: 'why' }, more.map((part, i) => [i > 0 ? ' · ' : '', part])),
  ];
}

// evidence is made when an entry is opened: a case may have thousands.
function evidence(entry, root) {
  return el('div', { class: 'evidence' },
    el('h4', {}, ui('rawBytes', { count: entry.body.length })), el('pre', { class: 'raw', tabindex: '0' }, readable(entry.body)),
    pairs(['digest', mono(toHex(entry.digest))], ['leafHash', entry.leaf && mono(toBase64(entry.leaf))],
      ['byHand', mono(`sha256sum events/${entry.seq}.json`)]),
    el('h4', {}, ui('leafRecord')), entry.record === undefined ? el('p', {}, ui('noLeaf')) : el('pre', { tabindex: '0' }, entry.record),
    el('h4', {}, ui('proofPath')), pathTable(entry.steps, root));
}

// readable shows bytes that are no text as well as it can; their hash is what counts.
const readable = (bytes) => new TextDecoder().decode(bytes);

function pathTable(steps, root) {
  if (steps === undefined) return el('p', {}, ui('noPath'));
  if (steps.length === 0) return el('p', {}, ui('isRootAlone'));
  return [
    table('path', ['level', 'side', 'sibling', 'node'], steps.map((step, i) =>
      [i + 1, ui(step.siblingIsLeft ? 'left' : 'right'), mono(toBase64(step.sibling)), mono(toBase64(step.hash))])),
    el('p', { class: 'quiet' }, ui('isRoot', { root })),
  ];
}

// openLinked opens the entry that a link on the page leads to.
function openLinked() {
  const details = /^#e\d+$/.test(location.hash) ? byId(location.hash.slice(1))?.firstChild : undefined;
  if (details) details.open = true;
}
