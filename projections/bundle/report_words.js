// Words in both languages. A phrase is {zh, en}; the glossary is report_words.json.

const glossary = JSON.parse(document.getElementById('words').textContent);
const languages = ['zh', 'en'];

const inBoth = (make) => Object.fromEntries(languages.map((l) => [l, make(l)]));
const same = (text) => inBoth(() => String(text));

// filled puts values into {places}. What is put in is never looked at again, whatever it contains.
const filled = (template, l, values) => template.replace(/\{(\w+)\}/g, (_, name) => values[name]?.[l] ?? String(values[name]));

function ui(key, values = {}) {
  return inBoth((l) => filled(glossary.ui[key][l], l, values));
}

const faultPhrase = (error) => inBoth((l) => filled(glossary.faults[error.code][l], l, error.values));

// named is the name of a value; one without a name is shown as it is.
function named(table, value) {
  const names = glossary.names[table];
  return Object.hasOwn(names, value) ? names[value] : same(value);
}

const listed = (phrases) => ({ zh: phrases.map((p) => p.zh).join('、'), en: phrases.map((p) => p.en).join(', ') });

// shanghai shows an instant in the time zone of the rules, to the second. It never moves its clock.
function shanghai(instant) {
  const at = Date.parse(instant);
  return Number.isNaN(at) ? String(instant) : new Date(at + 8 * 3600_000).toISOString().slice(0, 19).replace('T', ' ');
}

// fractionText shows a fraction as the ledger does: at most six decimals, half to even, no trailing zeros.
function fractionText(fraction) {
  const [, sign, over, under] = /^(-?)(\d{1,40})\/(\d{1,40})$/.exec(fraction) ?? [];
  if (over === undefined || BigInt(under) === 0n) return String(fraction);
  const [scaled, divisor] = [BigInt(over) * 1_000_000n, BigInt(under)];
  let [units, rest] = [scaled / divisor, (scaled % divisor) * 2n];
  if (rest > divisor || (rest === divisor && units % 2n === 1n)) units += 1n;
  const digits = units.toString().padStart(7, '0');
  return sign + `${digits.slice(0, -6)}.${digits.slice(-6)}`.replace(/\.?0+$/, '');
}
