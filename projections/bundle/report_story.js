// What the entries of a case say: a sentence for each, and the facts of the case.

// Ways to show a member of an event's data, named behind a colon in a template: {team:members}.
// The others are tables of names of the glossary.
const shown = {
  count: (list) => same(list.length),
  list: (list) => listed(list.map(same)),
  members: (team) => listed(team.map((m) => ui('member', { actor: m.actor, role: named('teamRoles', m.role) }))),
  time: (instant) => same(shanghai(instant)),
  decimal: (fraction) => same(fractionText(fraction)),
  grade: (standing) => (standing.grade === undefined ? ui('failed') : named('grades', standing.grade)),
};

// sentence tells an event. Parts in [brackets] are left out where the event lacks what they mention.
function sentence(event, clauses) {
  if (!Object.hasOwn(glossary.events, event.type)) return same(event.type);
  return inBoth((l) => {
    const pieces = glossary.events[event.type][l].split(/\[([^\]]*)\]/);
    return pieces.map((piece, i) => partOf(piece, l, event.data, clauses, i % 2 === 1)).join('');
  });
}

function partOf(template, l, data, clauses, optional) {
  let lacking = false;
  const text = template.replace(/\{([\w.]+)(?::(\w+))?\}/g, (_, path, how) => {
    const value = valueAt(data, path);
    const phrase = how === 'clauseOf' ? clauses.get(`${data.audit} ${value}`) : phraseOf(value, how);
    lacking ||= phrase === undefined;
    return phrase?.[l] ?? '';
  });
  return optional && lacking ? '' : text;
}

const valueAt = (data, path) => path.split('.').reduce((value, name) => (Object(value) === value && Object.hasOwn(value, name) ? value[name] : undefined), data);

// phraseOf never fails: a body may hold anything where its schema is not checked.
function phraseOf(value, how) {
  if (value === undefined) return undefined;
  try {
    if (how === undefined) return same(typeof value === 'object' ? JSON.stringify(value) : value);
    return Object.hasOwn(shown, how) ? shown[how](value) : named(how, value);
  } catch {
    return same(JSON.stringify(value));
  }
}

// clausesOf finds the clause behind the number of a finding, a deduction or a deletion.
function clausesOf(events) {
  const clauses = new Map();
  for (const { data } of events) {
    const number = data.finding !== undefined && data.statement !== undefined ? data.finding : data.deduction ?? data.deletion;
    if (data.clause !== undefined && number !== undefined) clauses.set(`${data.audit} ${number}`, same(data.clause));
  }
  return clauses;
}

// effect is which way an entry moves the score by its nature.
const effect = (type) => glossary.effects[type] ?? 'none';

// openings begin a case of any kind.
const openings = ['starledger.case.opened.v1', 'starledger.case.imported.v1', 'starledger.accreditation.opened.v1'];

const ofType = (events, type) => events.filter((event) => event.type === type);

// factsOf gathers what the head of the report shows. All of it stands in entries.
function factsOf(events) {
  return {
    opened: events.find((event) => openings.includes(event.type)),
    audits: ofType(events, 'starledger.audit.planned.v1'),
    decisions: ofType(events, 'starledger.decision.made.v1'),
    certificates: ofType(events, 'starledger.certificate.issued.v1'),
    closed: ofType(events, 'starledger.case.closed.v1')[0],
  };
}
