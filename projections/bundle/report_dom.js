// Making the page. Whatever stands in the data gets into it as text, never as markup: there is no
// other way in this file.

// el makes an element. Children are nodes, phrases {zh, en}, plain text, lists of these, or undefined.
function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value !== undefined) element.setAttribute(name, value);
  }
  element.append(...nodesOf(children));
  return element;
}

function nodesOf(children) {
  return children.flat(Infinity).filter((child) => child !== undefined).flatMap((child) => {
    if (child instanceof Node) return [child];
    return typeof child === 'object' ? spoken(child) : [document.createTextNode(String(child))];
  });
}

// spoken shows a phrase in both languages; the style sheet hides the one that is not chosen, so that
// changing the language moves nothing else.
function spoken(phrase) {
  if (phrase.zh === phrase.en) return [document.createTextNode(phrase.zh)];
  return languages.map((l) => {
    const span = document.createElement('span');
    span.lang = l;
    span.textContent = phrase[l];
    return span;
  });
}

const byId = (id) => document.getElementById(id);
const fill = (id, ...children) => byId(id).replaceChildren(...nodesOf(children));

const heading = (key) => el('h2', {}, ui(key));
const mono = (text) => el('code', {}, text);

// pairs is a list of names and values; those without a value are left out.
function pairs(...rows) {
  const known = rows.filter(([, value]) => value !== undefined);
  return el('dl', {}, known.map(([key, value]) => el('div', {}, el('dt', {}, ui(key)), el('dd', {}, value))));
}

function table(className, heads, rows) {
  const head = el('thead', {}, el('tr', {}, heads.map((key) => el('th', { scope: 'col' }, ui(key)))));
  const body = el('tbody', {}, rows.map((cells) => el('tr', {}, cells.map((cell) => el('td', {}, cell)))));
  return el('div', { class: 'scroll', tabindex: '0' }, el('table', { class: className }, head, body));
}

// folded shows its content on demand, made when it is first opened.
function folded(label, make) {
  const details = el('details', { class: 'folded' }, el('summary', {}, label));
  onFirstOpen(details, make);
  return details;
}

function onFirstOpen(details, make) {
  details.addEventListener('toggle', () => details.open && details.append(...nodesOf([make()])), { once: true });
}

const entryLink = (seq) => el('a', { href: `#e${seq}` }, `#${seq}`);
