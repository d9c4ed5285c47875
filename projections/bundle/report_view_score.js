// The scores as expected/score.json states them. They are claims: nothing here is recomputed, and
// the page says so beside each.

function showScores(base64) {
  fill('scores', heading('scores'), scoreCards(base64));
}

function scoreCards(base64) {
  let cards;
  try {
    const { audits } = JSON.parse(fromUtf8(fromBase64(base64)));
    cards = audits.map(scoreCard);
  } catch {
    return el('p', { class: 'problem' }, ui('badScores'));
  }
  return cards.length === 0 ? el('p', {}, ui('noScores')) : cards;
}

function scoreCard(score) {
  return el('article', { class: 'score', 'data-audit': score.audit },
    el('header', {}, el('h3', {}, ui('audit', { audit: score.audit })), el('span', { class: 'claim' }, ui('stated'))),
    el('div', { class: 'sum' },
      el('p', { class: 'final' }, el('span', { class: 'value' }, score.final.value), el('span', { class: 'grade' }, standing(score))),
      el('p', { class: 'calculation' }, calculation(score))),
    el('p', { class: 'quiet' }, `${score.scheme.id}@${score.scheme.version} · `, ui('assessed', score.progress)),
    clauseTables(score.clauses ?? []));
}

function standing(score) {
  if (score.partial) return ui('partial');
  const grade = score.grade === null ? ui('failed') : { zh: score.grade.name.zh, en: score.grade.name.en ?? score.grade.name.zh };
  return score.provisional ? [grade, ' · ', ui('provisional')] : grade;
}

// calculation is the sum from involved points to the final value, with what each number is.
function calculation({ earned, involved, score, special_deductions: specials, bonus, final }) {
  const term = (value, key, className) => el('span', { class: `term ${className ?? ''}` }, el('b', {}, value), el('small', {}, ui(key)));
  return [
    term(earned, 'earned'), '÷', term(involved, 'involved'), '× 100 =', term(score.value, 'score'),
    '−', term(specials.count > 0 ? `▼ ${specials.points}` : specials.points, 'specials', specials.count > 0 ? 'loss' : ''),
    '+', term(bonus.count > 0 ? `▲ ${bonus.points}` : bonus.points, 'bonus', bonus.count > 0 ? 'gain' : ''),
    '=', term(final.value, 'final'),
  ];
}

function clauseTables(clauses) {
  const moved = clauses.filter((clause) => clause.deleted || clause.earned.value !== clause.points);
  const kept = clauses.filter((clause) => !moved.includes(clause));
  return [
    el('h4', {}, ui('moved')), moved.length === 0 ? el('p', { class: 'quiet' }, ui('noneMoved')) : clauseTable(moved),
    kept.length === 0 ? undefined : folded(ui('kept', { count: kept.length }), () => clauseTable(kept)),
  ];
}

function clauseTable(clauses) {
  return table('clauses', ['clause', 'points', 'earned', 'formula', 'entries'], clauses.map((clause) => [
    clause.clause, clause.points, clause.deleted ? ['∅ ', ui('deleted')] : earnedCell(clause),
    clause.deleted ? undefined : mono(clause.formula), (clause.events ?? []).map((seq) => [entryLink(seq), ' ']),
  ]));
}

const earnedCell = ({ earned, points }) =>
  (earned.value === points ? earned.value : el('span', { class: 'loss' }, `▼ ${earned.value}`));
