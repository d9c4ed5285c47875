// The scores as expected/score.json states them, and the calculation behind them. They are claims:
// nothing here is recomputed, and the page says so beside each.

function showScores(score, calculation) {
  fill('scores', heading('scores'), scoreCards(score, calculation));
}

function scoreCards(score, calculation) {
  let cards;
  try {
    const how = calculation === '' ? [] : readClaims(calculation).audits;
    cards = readClaims(score).audits.map((claim) => scoreCard(claim, how.find(({ audit }) => audit === claim.audit)));
  } catch {
    return el('p', { class: 'problem' }, ui('badScores'));
  }
  return cards.length === 0 ? el('p', {}, ui('noScores')) : cards;
}

const readClaims = (base64) => JSON.parse(fromUtf8(fromBase64(base64)));

function scoreCard(claim, how) {
  return el('article', { class: 'score', 'data-audit': claim.audit },
    el('header', {}, el('h3', {}, ui('audit', { audit: claim.audit })), el('span', { class: 'claim' }, ui('stated'))),
    claim.unscorable ? el('p', {}, ui('unscorable')) : [
      el('div', { class: 'sum' },
        el('p', { class: 'final' }, el('span', { class: 'value' }, fractionText(claim.final)), el('span', { class: 'grade' }, outcome(claim, how))),
        el('p', { class: 'calculation' }, sum(claim, how))),
      el('p', { class: 'quiet' }, `${claim.scheme.id}@${claim.scheme.version} · `, ui('assessed', claim)),
      how && clauseTables(how.clauses),
    ]);
}

function outcome(claim, how) {
  if (claim.partial) return ui('partial');
  const grade = claim.grade === null ? ui('failed') : gradeName(claim.grade, how?.grade);
  return claim.provisional ? [grade, ' · ', ui('provisional')] : grade;
}

// gradeName is the name in the scheme, which may have no English one.
const gradeName = (id, name) => (name ? { zh: name.zh, en: name.en ?? name.zh } : named('grades', id));

// sum leads from the points earned to the final value, and says what each number is.
function sum({ earned, involved, score, final }, how) {
  const term = (value, key, className = '') => el('span', { class: `term ${className}` }, el('b', {}, value), el('small', {}, ui(key)));
  const moves = ({ count, points }, key, way) => (count > 0 ? term(`${arrows[way]} ${points}`, key, way) : term(points, key));
  return [
    term(fractionText(earned), 'earned'), '÷', term(fractionText(involved), 'involved'), '× 100 =', term(fractionText(score), 'score'),
    how && ['−', moves(how.special_deductions, 'specials', 'loss'), '+', moves(how.bonus, 'bonus', 'gain')],
    how ? '=' : '→', term(fractionText(final), 'final'),
  ];
}

function clauseTables(clauses) {
  const moved = clauses.filter((clause) => clause.deleted || clause.lost !== '0/1');
  const kept = clauses.filter((clause) => !moved.includes(clause));
  return [
    el('h4', {}, ui('moved')), moved.length === 0 ? el('p', { class: 'quiet' }, ui('noneMoved')) : clauseTable(moved),
    kept.length === 0 ? undefined : folded(ui('kept', { count: kept.length }), () => clauseTable(kept)),
  ];
}

function clauseTable(clauses) {
  return table('clauses', ['clause', 'points', 'lost', 'earned', 'formula', 'entries'], clauses.map((clause) => [
    clause.clause, clause.points, lostCell(clause), clause.deleted ? undefined : fractionText(clause.earned), clause.deleted ? undefined : mono(clause.formula),
    clause.events.map((seq) => [entryLink(seq), ' ']),
  ]));
}

function lostCell({ deleted, lost }) {
  if (deleted) return ['∅ ', ui('deleted')];
  return lost === '0/1' ? undefined : el('span', { class: 'loss' }, `${arrows.loss} ${fractionText(lost)}`);
}
