// Whom somebody trusts (C2SP tlog-policy), and what such a policy says of a signed checkpoint.

const maxPolicyLines = 64;

// parsePolicy reads a policy file:
//
//	log <verifier key, type 1> [<url>]
//	witness <name> <verifier key, type 4> [<url>]
//	group <name> all|any|<k> <name>...
//	quorum <name>|none
//
// Empty lines and lines with # are comments. Names are defined before they are used, each is a
// member of one group at most, and nobody's key stands there twice.
async function parsePolicy(text) {
  if (toUtf8(text).length > 64 * 1024 || !text.endsWith('\n')) throw malformed('policy-end');
  const policy = { logs: [], witnesses: [], quorum: undefined };
  const seen = { names: new Map(), keys: new Set(), members: new Set(), groups: 0 };
  for (const [i, line] of text.slice(0, -1).split('\n').entries()) {
    try {
      await policyLine(policy, seen, line);
    } catch (error) {
      throw malformed('policy-line', { line: i + 1, text: line.slice(0, 60) });
    }
  }
  if (policy.quorum === undefined) throw malformed('policy-quorum');
  return policy;
}

async function policyLine(policy, seen, line) {
  if (/[\x00-\x08\x0a-\x1f\x7f]/.test(line)) throw malformed('policy-line');
  const [keyword, ...words] = line.split(/[ \t]+/).filter((word) => word !== '');
  if (keyword === undefined || keyword.startsWith('#')) return;
  if (keyword === 'log' && (words.length === 1 || words.length === 2)) {
    policy.logs.push(await policyKey(seen, words[0], logKeyType, policy.logs));
  } else if (keyword === 'witness' && (words.length === 2 || words.length === 3)) {
    const key = await policyKey(seen, words[1], witnessKeyType, policy.witnesses);
    define(seen, words[0], { witness: policy.witnesses.length });
    policy.witnesses.push({ label: words[0], ...key });
  } else if (keyword === 'group' && words.length >= 3) {
    define(seen, words[0], groupOf(seen, words[1], words.slice(2)));
  } else if (keyword === 'quorum' && words.length === 1 && policy.quorum === undefined) {
    const voter = seen.names.get(words[0]);
    if (voter === undefined && words[0] !== 'none') throw malformed('policy-line');
    policy.quorum = voter ?? null;
  } else {
    throw malformed('policy-line');
  }
}

async function policyKey(seen, text, type, list) {
  const key = await parseVerifier(text, type);
  const once = type + toHex(key.publicKey);
  if (seen.keys.has(once) || list.length === maxPolicyLines) throw malformed('policy-line');
  seen.keys.add(once);
  return key;
}

function define(seen, name, voter) {
  if (seen.names.has(name) || name === 'none') throw malformed('policy-line');
  seen.names.set(name, voter);
}

function groupOf(seen, threshold, names) {
  const members = names.map((name) => {
    const voter = seen.names.get(name);
    if (voter === undefined || seen.members.has(voter)) throw malformed('policy-line');
    seen.members.add(voter);
    return voter;
  });
  const need = { all: members.length, any: 1 }[threshold] ?? Number(decimal(threshold));
  if (need < 1 || need > members.length || ++seen.groups > maxPolicyLines) throw malformed('policy-line');
  return { need, members };
}

// keysAsPolicy makes a policy of bare verifier keys, one a line: a log may be any of them, and every
// witness among them must have signed. A text with the words of a policy file is left as it is.
function keysAsPolicy(text) {
  const lines = text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
  if (lines.some((line) => /^(log|witness|group|quorum)[ \t]/.test(line))) return lines.join('\n') + '\n';
  const isWitness = (key) => /^[^+]*\+[0-9a-f]{8}\+B/.test(key); // 0x04 starts with B in base64, 0x01 with A
  const witnesses = lines.filter(isWitness);
  const named = witnesses.map((key, i) => `witness w${i + 1} ${key}`);
  const group = witnesses.length > 0 ? [`group every all ${witnesses.map((_, i) => `w${i + 1}`).join(' ')}`, 'quorum every'] : ['quorum none'];
  return [...lines.filter((key) => !isWitness(key)).map((key) => `log ${key}`), ...named, ...group, ''].join('\n');
}

// judge reads a signed checkpoint under a policy. It throws when no log of the policy signed it or
// when a signature by a key of the policy is wrong: one that is wrong condemns the whole note. Too
// few witnesses are no error; that is what satisfied is for.
async function judge(policy, bytes) {
  const note = parseNote(bytes);
  const keys = [...policy.logs, ...policy.witnesses];
  const lines = keys.map((key) => signatureBy(note, key));
  for (const [i, line] of lines.entries()) {
    if (line !== undefined && !(await verifyLine(note, line, keys[i]))) throw refuted('signature-wrong', { name: keys[i].name });
  }
  if (lines.every((line) => line === undefined)) throw refuted('not-signed');
  const checkpoint = parseCheckpoint(note.text);
  const log = policy.logs.find((key, i) => lines[i] !== undefined && key.name === checkpoint.origin);
  if (log === undefined) throw refuted('not-signed');
  const times = lines.slice(policy.logs.length).map((line) => (line === undefined ? undefined : Number(cosignedAt(line))));
  const time = policy.quorum === null ? undefined : since(policy.quorum, times);
  return { note, checkpoint, log, witnesses: policy.witnesses, times, time, satisfied: policy.quorum === null || time !== undefined };
}

// since is when enough of a voter's members had signed, in seconds since 1970; undefined if never.
function since(voter, times) {
  if (voter.members === undefined) return times[voter.witness];
  const signed = voter.members.map((member) => since(member, times)).filter((time) => time !== undefined);
  return signed.sort((a, b) => a - b)[voter.need - 1];
}
