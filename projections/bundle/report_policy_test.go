package bundle

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"starledger/events/proof"
)

// testPolicy brings policies of the reader's own to a sound report.
func testPolicy(t *testing.T, b *browser) {
	r := reportOf(t, certifiedStory(t))
	v := readReportVectors(t)
	_, otherWitness, err := proof.WitnessKey("witness.example/w9", [32]byte{9})
	if err != nil {
		t.Fatal(err)
	}
	otherLog := strings.Replace(string(r.Policy), v.Log.Vkey, "ledger.example.org/2026+f01a7cd8+Ae0kEqDLSSYiUWZSvtH5kGMT1WLLyOeXIBl0g1xJ2ZHp", 1)
	p := b.open(t, pageOf(t, r))
	p.verdict()
	for _, c := range []struct {
		name, text string
		want       judged
	}{
		{"the same policy", string(r.Policy), judged{Verdict: "sound", Trust: "own"}},
		{"without its last line end", strings.TrimSpace(string(r.Policy)), judged{Verdict: "sound", Trust: "own"}},
		{"only the log's key", v.Log.Vkey, judged{Verdict: "sound", Trust: "own"}},
		{"the keys of log and witness", "# mine\n" + v.Log.Vkey + "\r\n" + v.Witness.Vkey, judged{Verdict: "sound", Trust: "own"}},
		{"a witness that did not sign", v.Log.Vkey + "\n" + otherWitness, judged{Verdict: "broken", Trust: "own", Fault: "quorum"}},
	} {
		if got := p.use(c.text); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
	for _, bad := range []string{"nonsense", otherLog, "", v.Witness.Vkey} {
		before := p.verdict()
		if got := p.use(bad); got != before {
			t.Errorf("%q: %+v, want the verdict there was, %+v", bad, got, before)
		}
		if said := eval[string](p, `document.querySelector('.problem span[lang=en]').textContent`); !strings.Contains(said, "cannot be used") {
			t.Errorf("%q: the page says %q", bad, said)
		}
	}
	p.click("#usebundle")
	if got := p.verdict(); got != (judged{Verdict: "sound", Trust: "bundle"}) {
		t.Errorf("back to the bundle's: %+v", got)
	}
}

// testPolicyFile chooses a file instead of pasting.
func testPolicyFile(t *testing.T, b *browser) {
	r := reportOf(t, certifiedStory(t))
	path := filepath.Join(t.TempDir(), "mine.txt")
	if err := os.WriteFile(path, r.Policy, 0o600); err != nil {
		t.Fatal(err)
	}
	r.Policy = bytes.ReplaceAll(r.Policy, []byte("quorum w1"), []byte("quorum none"))
	p := b.open(t, pageOf(t, r))
	p.verdict()
	var document struct {
		Root struct {
			NodeID int `json:"nodeId"`
		} `json:"root"`
	}
	p.call("DOM.getDocument", map[string]any{}, &document)
	var input struct {
		NodeID int `json:"nodeId"`
	}
	p.call("DOM.querySelector", map[string]any{"nodeId": document.Root.NodeID, "selector": "#ownfile"}, &input)
	p.call("DOM.setFileInputFiles", map[string]any{"nodeId": input.NodeID, "files": []string{path}}, nil)
	got := eval[string](p, `new Promise((resolve) => {
		const see = () => document.documentElement.dataset.trust === 'own' && resolve(document.documentElement.dataset.verdict);
		new MutationObserver(see).observe(document.documentElement, { attributes: true });
		see();
	})`)
	if text := eval[string](p, `document.querySelector('#own').value`); got != "sound" || text != string(mustReadFile(t, path)) {
		t.Errorf("%s, with the policy %q", got, text)
	}
}

func mustReadFile(t *testing.T, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// use pastes a policy and waits until the page has said what it thinks of it.
func (p *tab) use(text string) judged {
	p.t.Helper()
	quoted, err := json.Marshal(text)
	if err != nil {
		p.t.Fatal(err)
	}
	return eval[judged](p, `new Promise((resolve) => {
		const { dataset } = document.documentElement;
		const problem = document.querySelector('#policy .problem');
		let running = false;
		const see = () => {
			running ||= dataset.verdict === 'verifying';
			if (!(running && dataset.verdict !== 'verifying') && problem.textContent === '') return;
			const { verdict, trust, bad, fault } = dataset;
			resolve({ verdict, trust, bad, fault });
		};
		document.querySelector('#own').value = `+string(quoted)+`;
		document.querySelector('#useown').click();
		see();
		new MutationObserver(see).observe(document, { attributes: true, childList: true, subtree: true });
	})`)
}

func (p *tab) click(selector string) {
	p.t.Helper()
	eval[any](p, `document.querySelector('`+selector+`').click()`)
}
