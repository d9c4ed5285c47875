// The checkpoint and who signed it.

function showCheckpoint(data, result) {
  const bytes = fromBase64(data.checkpoint);
  const { checkpoint, judgement } = result;
  fill('checkpoint', heading('checkpoint'),
    checkpoint && pairs(['origin', mono(checkpoint.origin)], ['size', String(checkpoint.size)], ['root', mono(toBase64(checkpoint.root))]),
    result.error && el('p', { class: 'problem' }, faultPhrase(result.error)),
    judgement && [el('h3', {}, ui('signers')), table('signers', ['signer', 'role', 'keyId', 'signedAt', 'result'], signerRows(judgement))],
    folded(ui('signedNote'), () => el('pre', {}, readable(bytes))));
}

// signerRows has a row for each signature line. Those of the policy are known to be right, or there
// would be no judgement.
function signerRows({ note, log, times, witnesses }) {
  return note.signatures.map((line) => {
    const at = witnesses.findIndex((key) => key.name === line.name && key.id === line.id);
    const isLog = line.name === log.name && line.id === log.id;
    if (isLog) return [line.name, ui('log'), mono(line.id), '', good('valid')];
    if (at < 0 || signatureBy(note, line) !== line) return [line.name, '', mono(line.id), '', ui('unknownSigner')];
    return [`${line.name} (${witnesses[at].label})`, ui('witness'), mono(line.id), shanghai(new Date(times[at] * 1000).toISOString()), good('valid')];
  });
}

const good = (key) => el('span', { class: 'good' }, `${marks.pass} `, ui(key));
