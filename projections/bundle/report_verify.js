// The verification of one case: from the bytes of its entries to the root that a log signed. Nothing
// that the page shows is needed for it, and nothing that fails hides what else fails.

// The ledger's own case, which comes with every bundle: schemes, approvals.
const registry = 'registry';

// How far a recorded time may lie behind the time of the witnesses: different clocks, whole seconds.
const witnessSkew = 60;

// verifyCase runs the numbered checks. data is the content of the page: base64 of exact bytes.
async function verifyCase(data, policyText, progress = () => {}) {
  const signature = await checkSignature(data, policyText);
  const context = { data, note: fromBase64(data.checkpoint), checkpoint: signature.checkpoint, ends: new Map() };
  const entries = [];
  for (const item of data.events) {
    entries.push(await verifyEntry(context, item));
    progress(entries.length, data.events.length);
  }
  const checks = [
    { id: 'signature', outcome: signature.error ? 'fail' : 'pass', error: signature.error },
    summary('events', entries), summary('chain', entries), summary('leaf', entries),
    checkTimes(signature.judgement, entries),
  ];
  if (ownEvents(data, entries).length === 0) checks[2] = { id: 'chain', outcome: 'fail', error: refuted('no-entries') };
  const lowest = entries.find((entry) => entry.faults.length > 0);
  const verdict = checks.some((check) => check.outcome === 'fail') ? 'broken' : 'sound';
  return { verdict, checks, entries, lowest, ...signature };
}

// ownEvents are the events of the case, without those of the ledger that come with it.
const ownEvents = (data, entries) => entries.flatMap(({ event }) => (event?.subject === data.case ? [event] : []));

// checkSignature opens the checkpoint under the policy. When that fails, the tree it claims is still
// read, so that a damaged entry is named as well.
async function checkSignature(data, policyText) {
  const bytes = fromBase64(data.checkpoint);
  try {
    const judgement = await judge(await parsePolicy(policyText), bytes);
    const { checkpoint } = judgement;
    if (checkpoint.origin !== data.origin) throw refuted('origin', { origin: checkpoint.origin });
    return { checkpoint, judgement, error: judgement.satisfied ? undefined : refuted('quorum') };
  } catch (error) {
    return { checkpoint: claimed(bytes), error: told(error) };
  }
}

function claimed(bytes) {
  try {
    return parseCheckpoint(parseNote(bytes).text);
  } catch {
    return undefined; // checkSignature says why
  }
}

// told lets pass what the glossary can tell. Anything else is a defect of this page and must be seen.
function told(error) {
  if (error instanceof Malformed || error instanceof Refuted) return error;
  throw error;
}

// verifyEntry checks one entry against the one before it in its case, and against the tree. Faults
// are listed in the order in which they were found; the first one says what is wrong. The entries of
// the ledger's own case, which say what holds for all cases, are a chain like any other.
async function verifyEntry(context, item) {
  const { data, ends } = context;
  const entry = { seq: decimal(item.seq), body: fromBase64(item.body), faults: [] };
  const attempt = async (check, work) => {
    try {
      return await work();
    } catch (error) {
      entry.faults.push({ check, error: told(error) });
      return undefined;
    }
  };
  entry.digest = await sha256(entry.body);
  entry.event = await attempt('events', () => readEvent(data, entry.body));
  if (entry.event === undefined) return entry;
  const before = ends.get(entry.event.subject);
  entry.restsOn = before?.restsOn ?? (before?.faults.length > 0 ? before.seq : undefined);
  await attempt('chain', () => checkChain(entry, before));
  await attempt('leaf', () => addLeaf(entry, before));
  await attempt('leaf', () => checkInclusion(context, entry, fromBase64(item.proof)));
  ends.set(entry.event.subject, entry);
  return entry;
}

// readEvent reads a body in the one form in which the ledger writes: writing it again gives the same
// bytes, so that no name stands there twice and what is shown is what was hashed.
function readEvent({ origin, case: id }, body) {
  const text = fromUtf8(body);
  let event;
  try {
    event = JSON.parse(text);
  } catch {
    throw malformed('not-json');
  }
  if (JSON.stringify(event) !== text) throw malformed('not-canonical');
  if (event?.specversion !== '1.0' || !Number.isSafeInteger(event.caseseq) || typeof event.type !== 'string' || typeof event.data !== 'object') throw malformed('not-event');
  if (event.source !== origin) throw refuted('other-log', { origin: String(event.source) });
  if (event.subject !== id && event.subject !== registry) throw refuted('other-case', { case: String(event.subject) });
  return event;
}

// checkChain: entries count 1, 2, … within the case, each names the digest of the body before it,
// and times never go back.
function checkChain(entry, before) {
  const { event } = entry;
  const expected = before === undefined ? 1 : before.event.caseseq + 1;
  if (event.caseseq > expected) throw refuted('gap', { missing: expected });
  const digest = before === undefined ? '-' : 'sha256:' + toHex(before.digest);
  if (event.prevdigest !== digest) throw refuted('previous-body', { seq: before?.seq ?? entry.seq });
  if (event.caseseq !== expected || (before !== undefined && entry.seq <= before.seq)) throw refuted('order');
  if (before !== undefined && event.time < before.event.time) throw refuted('time-back');
}

// addLeaf computes record and hash of the leaf from the body alone.
async function addLeaf(entry, before) {
  const { event } = entry;
  entry.caseHash = event.caseseq === 1 ? await caseCommitment(saltOf(event), event.subject) : before?.caseHash;
  if (entry.caseHash === undefined || (event.caseseq > 1 && before?.leaf === undefined)) throw refuted('leaf-unknown');
  entry.record = leafRecord({
    seq: entry.seq, time: event.time, caseHash: entry.caseHash, caseSeq: BigInt(event.caseseq),
    prev: event.caseseq === 1 ? undefined : before.leaf, body: entry.digest,
  });
  entry.leaf = await leafHash(entry.record);
}

function saltOf(event) {
  const salt = fromBase64url(event.casesalt);
  if (salt.length !== 32) throw malformed('leaf-salt');
  return salt;
}

// checkInclusion: the path leads from the leaf at place seq - 1 to the root of the one checkpoint
// that was checked. A proof against another checkpoint proves nothing here. A leaf holds the hash of
// the leaf before it in its case, so that behind a damaged entry no leaf fits.
async function checkInclusion({ note, checkpoint }, entry, text) {
  const proof = parseTlogProof(text);
  if (checkpoint === undefined) throw refuted('no-checkpoint');
  if (!sameBytes(proof.checkpoint, note)) throw refuted('other-checkpoint');
  if (proof.index !== entry.seq - 1n) throw refuted('other-index', { index: proof.index });
  if (entry.leaf === undefined) return; // said already
  const { root, steps } = await climb(proof.index, checkpoint.size, entry.leaf, proof.path);
  entry.steps = steps;
  if (sameBytes(root, checkpoint.root)) return;
  throw entry.restsOn === undefined ? refuted('not-in-tree') : refuted('rests-on', { seq: entry.restsOn });
}

// checkTimes: no entry was recorded after the witnesses saw it. The other bound, that it was not
// there before, needs the earlier checkpoints of the bundle.
function checkTimes(judgement, entries) {
  if (judgement?.time === undefined) return { id: 'time', outcome: 'open' };
  const limit = new Date((judgement.time + witnessSkew) * 1000).toISOString();
  const late = entries.find((entry) => entry.event !== undefined && entry.event.time > limit.slice(0, 23) + '000Z');
  if (late === undefined) return { id: 'time', outcome: 'pass' };
  late.faults.push({ check: 'time', error: refuted('after-witnesses') });
  return { id: 'time', outcome: 'fail', error: late.faults.at(-1).error, seq: late.seq };
}

// summary is the outcome of one check over all entries.
function summary(id, entries) {
  const bad = entries.filter((entry) => entry.faults.some((fault) => fault.check === id));
  if (bad.length === 0) return { id, outcome: 'pass', count: entries.length };
  return { id, outcome: 'fail', seq: bad[0].seq, error: bad[0].faults.find((fault) => fault.check === id).error, count: bad.length };
}
