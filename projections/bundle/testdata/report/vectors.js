// Holds the scripts that verify to the test vectors of events/proof and of RFC 8032. It stands behind
// them in a page of its own; what fails is listed in an attribute of the page.

const vectors = JSON.parse(document.getElementById('data').textContent);
const failed = [];
let tried = 0;

function expect(name, got, want) {
  tried++;
  if (got !== want) failed.push(`${name}: ${got}, want ${want}`);
}

// outcomeOf is how the vectors call what came of something.
async function outcomeOf(work) {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Malformed) return 'malformed';
    if (error instanceof Refuted) return 'refuted';
    throw error;
  }
}

// fieldsOf takes a record apart without judging it.
function fieldsOf(record) {
  const value = (name) => new RegExp(`^${name} (.*)$`, 'm').exec(record)?.[1] ?? '';
  return {
    seq: BigInt(value('seq')), time: value('time'), caseHash: fromBase64url(value('case')), caseSeq: BigInt(value('caseseq')),
    prev: value('prev') === '-' ? undefined : hashFrom(value('prev')), body: fromHex(value('body').replace('sha256:', '')),
  };
}

async function leaves({ salt, case: id, commitment, accept, reject }) {
  expect('commitment', toBase64url(await caseCommitment(fromHex(salt), id)), commitment);
  for (const { name, record, hash } of accept) {
    expect(`leaf ${name}`, leafRecord(fieldsOf(record)), record);
    expect(`leaf hash ${name}`, toBase64(await leafHash(record)), hash);
  }
  for (const { name, record } of reject) {
    let written;
    try {
      written = leafRecord(fieldsOf(record));
    } catch (error) {
      written = undefined; // also BigInt's SyntaxError for what is no number
    }
    expect(`leaf ${name} is never written`, written === record, false);
  }
}

async function trees({ leaves, roots, inclusion }) {
  const hashes = await Promise.all(leaves.map((leaf) => sha256(joined([0], fromHex(leaf)))));
  for (const { size, index, path } of inclusion) {
    const { root } = await climb(BigInt(index), BigInt(size), hashes[index], path.map(hashFrom));
    expect(`inclusion of ${index} in ${size}`, toBase64(root), roots[size]);
    const longer = await outcomeOf(async () => (await climb(BigInt(index), BigInt(size), hashes[index], [...path, roots[1]].map(hashFrom))) && 'read');
    expect(`a longer path of ${index} in ${size}`, longer, 'refuted');
  }
}

async function judged(policy, note) {
  const { satisfied } = await judge(await parsePolicy(policy), note);
  return satisfied ? 'satisfied' : 'unsatisfied';
}

async function notes({ judged: list, texts_refused: refused }) {
  for (const { name, note, policy, outcome, time, cosigned } of list) {
    expect(`note ${name}`, await outcomeOf(() => judged(policy, toUtf8(note))), outcome);
    if (outcome !== 'satisfied') continue;
    const judgement = await judge(await parsePolicy(policy), toUtf8(note));
    expect(`note ${name}, when`, judgement.time ?? 0, time);
    expect(`note ${name}, by whom`, judgement.times.filter((t) => t !== undefined).join(), cosigned.map((c) => c.time).join());
  }
  for (const { name, text } of refused) expect(`checkpoint ${name}`, await outcomeOf(() => parseCheckpoint(text) && 'read'), 'malformed');
}

async function proofs({ policy, proofs: list }) {
  for (const { name, text, leaf, outcome } of list) {
    expect(`proof ${name}`, await outcomeOf(async () => {
      const proof = parseTlogProof(toUtf8(text));
      const judgement = await judge(await parsePolicy(policy), proof.checkpoint);
      const { root } = await climb(proof.index, judgement.checkpoint.size, hashFrom(leaf), proof.path);
      if (!sameBytes(root, judgement.checkpoint.root)) throw refuted('not-in-tree');
      return judgement.satisfied ? 'satisfied' : 'unsatisfied';
    }), outcome);
  }
}

async function policies({ accept, reject }) {
  for (const text of accept) expect(`policy ${text}`, await outcomeOf(async () => (await parsePolicy(text)) && 'read'), 'read');
  for (const text of reject) expect(`policy ${text}`, await outcomeOf(async () => (await parsePolicy(text)) && 'read'), 'malformed');
}

async function signatures(list) {
  for (const { name, key, message, signature, valid } of list) {
    const bytes = [key, message, signature].map(fromBase64);
    expect(`${name}, in plain integers`, await verifyPlainly(...bytes), valid);
    expect(`${name}, by WebCrypto`, await verifyNatively(...bytes), valid);
  }
}

await leaves(vectors.leaf);
await trees(vectors.tree);
await notes(vectors.note);
await proofs(vectors.tlogproof);
await policies(vectors.policies);
await signatures(vectors.ed25519);
document.documentElement.dataset.fault = failed.join('\n');
document.documentElement.dataset.bad = String(tried);
document.documentElement.dataset.verdict = 'done';
