// The case as its entries tell it.

function showCase(data, entries) {
  const facts = factsOf(ownEvents(data, entries));
  const opened = facts.opened?.data;
  fill('case', heading('case'), opened === undefined ? el('p', {}, ui('notOpened')) : undefined,
    pairs(
      ['organization', opened && el('strong', { class: 'name' }, phraseOf(opened.organization?.name))],
      ['scope', phraseOf(opened?.scope)],
      ['kind', phraseOf(opened?.kind, 'caseKinds')],
      ['scheme', opened?.scheme && schemeText(opened.scheme)],
      ['uscc', phraseOf(opened?.organization?.uscc)],
      ['opened', facts.opened && shanghai(facts.opened.time)],
      ['audits', lines(facts.audits, auditLine)],
      ['decision', lines(facts.decisions, decisionLine)],
      ['certificate', lines(facts.certificates, certificateLine)],
      ['closed', facts.closed && shanghai(facts.closed.time)],
      ['caseId', mono(data.case)], ['origin', mono(data.origin)], ['profile', named('profiles', data.profile)]));
}

// lines is undefined for nothing, so that its name is left out too.
const lines = (events, tell) => (events.length === 0 ? undefined : events.map((event) => el('div', {}, tell(event))));

const schemeText = (scheme) => same(`${scheme?.id}@${scheme?.version}`);

function auditLine({ data }) {
  const kind = named('auditKinds', data.kind);
  return [el('strong', {}, ui('audit', { audit: data.audit })), ' · ', ui('auditLine', { kind, from: data.starts_on, until: data.ends_on }), ' · ', phraseOf(data.team, 'members')];
}

function decisionLine({ data, time }) {
  const result = data.standing === undefined ? undefined : [' · ', phraseOf(data.standing.final, 'decimal'), ' ', phraseOf(data.standing, 'grade')];
  return [el('strong', {}, named('recommendations', data.decision)), result, ' · ', shanghai(time)];
}

const certificateLine = ({ data }) =>
  ui('certificateLine', { number: data.number, grade: named('grades', data.grade), from: data.valid_from, until: data.valid_until });
