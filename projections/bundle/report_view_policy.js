// The place for the reader's own policy. The one in the bundle comes from whoever made the bundle.

// showPolicyBox calls use with the text of a policy that can be read, or with undefined for the
// bundle's own.
function showPolicyBox(bundlePolicy, use) {
  const area = el('textarea', { id: 'own', rows: '5', spellcheck: 'false', autocomplete: 'off' });
  const problem = el('p', { class: 'problem', role: 'alert' });
  const attempt = async (text) => {
    problem.replaceChildren();
    try {
      if ((await parsePolicy(text)).logs.length === 0) throw malformed('policy-log');
    } catch (error) {
      problem.replaceChildren(...nodesOf([ui('policyBad', { fault: faultPhrase(told(error)) })]));
      return;
    }
    await use(text);
  };
  const read = async (file) => {
    area.value = await file.text();
    await attempt(keysAsPolicy(area.value));
  };
  const file = el('input', { type: 'file', id: 'ownfile', change: () => file.files.length > 0 && read(file.files[0]) });
  fill('policy', el('details', {}, el('summary', {}, heading('policy')),
    el('p', { class: 'quiet' }, ui('policyHint')),
    el('label', { for: 'own' }, ui('policyLabel')), area, problem,
    el('div', { class: 'actions' },
      el('button', { type: 'button', id: 'useown', class: 'primary', click: () => attempt(keysAsPolicy(area.value)) }, ui('policyCheck')),
      el('label', { class: 'button', for: 'ownfile' }, ui('policyFile')), file,
      el('button', { type: 'button', id: 'usebundle', click: () => use(undefined) }, ui('policyBack'))),
    folded(ui('policyShow'), () => el('pre', {}, bundlePolicy))));
  acceptDrops(read);
}

// openPolicyBox leads the reader there.
function openPolicyBox() {
  byId('policy').firstChild.open = true;
  byId('own').focus();
}

// acceptDrops takes a file dropped anywhere: the browser would leave the page for it.
function acceptDrops(read) {
  document.addEventListener('dragover', (event) => event.preventDefault());
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length > 0) read(event.dataTransfer.files[0]);
  });
}
