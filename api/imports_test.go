package api

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// The two public certificates of the domain page: issued in service fields that the body, approved for 01,
// 03 and 22, did not hold; both withdrawn on 2024-06-26. Holders and scopes are made up.
const publicCertificates = "\ufeff" + `type,organization,scope,field,scheme,source,number,printed,issued_on,valid_from,valid_until,status,on,kind,starts_on,ends_on,score
certificate,甲售后服务有限公司,家用电器的售后服务,16,gbt27922-2011,认证认可业务信息统一查询平台,71223SC0002R0S,五星级,2023-02-17,2023-02-17,2026-02-16,withdrawn,2024-06-26,,,,
certificate,乙安装有限公司,安装服务,07,gbt27922-2011,认证认可业务信息统一查询平台,71223SC0003R0S,五星级,2023-02-18,2023-02-18,2026-02-17,withdrawn,2024-06-26,,,,
audit,乙安装有限公司,安装服务,,gbt27922-2011,档案 2023-18,,五星级,,,,,,initial,2023-01-30,2023-01-31,"96,5 分"
`

func (w *world) imports(body string, headers ...string) reply {
	w.Helper()
	return w.send(http.MethodPost, "/v1/imports", "wang", body, append([]string{"Content-Type", "text/csv"}, headers...)...)
}

// As of 2024-06-25 they were active, from the next day on withdrawn; the register and the lists say that
// they were imported; and what SCOPE-01 asks for, the field and the day of issue, is there as printed.
func TestPublicCertificatesAreReplayed(t *testing.T) {
	w := newWorld(t)
	taken := w.imports(publicCertificates)
	if taken.status != http.StatusCreated || taken.get("items.0.certificates.0") != "71223SC0002R0S" || taken.get("items.1.audits") != "1" || taken.get("items.1.events") != "4" {
		t.Fatalf("%d %s", taken.status, taken.body)
	}
	for i, number := range []string{"71223SC0002R0S", "71223SC0003R0S"} {
		at := "/v1/cases/" + taken.get(fmt.Sprintf("items.%d.case", i))
		for query, want := range map[string]string{
			"?axis=effective&as_of=2023-02-18": "active", "?axis=effective&as_of=2024-06-25": "active",
			"?axis=effective&as_of=2024-06-25T23:59:59%2B08:00": "active", "?axis=effective&as_of=2024-06-26T00:00:00%2B08:00": "withdrawn", "": "withdrawn",
		} {
			if got := w.read("zhou", at+query); got.get("certificate.status") != want || got.get("certificate.number") != number {
				t.Errorf("%s %s: %s", number, query, got.get("certificate"))
			}
		}
		if got := w.send(http.MethodGet, at+"?axis=effective&as_of=2022-12-31", "zhou", ""); got.status != http.StatusNotFound {
			t.Errorf("%s before anything: %d", number, got.status)
		}
		if got := w.read("zhou", fmt.Sprintf("/v1/register?min_seq=%d", w.last())).get(fmt.Sprintf("items.%d.imported", i)); got != "true" {
			t.Errorf("register: imported is %q", got)
		}
		if got := w.read("zhou", "/v1/cases?q="+number); got.get("items.0.imported") != "true" || got.get("items.0.state") != "withdrawn" {
			t.Errorf("list: %s", got.body)
		}
	}
	second := w.read("zhou", "/v1/cases/"+taken.get("items.1.case"))
	for member, want := range map[string]string{
		"imported.source": "认证认可业务信息统一查询平台", "imported_audits.0.source": "档案 2023-18", "applied_at": "", "certificate.imported.field": "07", "certificate.imported.issued_on": "2023-02-18",
		"certificate.imported.printed": "五星级", "certificate.grade": "", "imported_audits.0.score": "96,5 分", "imported_audits.0.import": "I1",
		"certificate.entry.effective_at": "2023-02-17T16:00:00.000000Z", "entry.effective_at": "2023-01-30T16:00:00.000000Z",
	} {
		if got := second.get(member); got != want {
			t.Errorf("%s is %q, want %q", member, got, want)
		}
	}
}

// The same file again is told as the first time; another one under the key is refused, and so is the file
// under another key, since the ledger has its certificates.
func TestImportIsTakenOnce(t *testing.T) {
	w := newWorld(t)
	first := w.imports(publicCertificates, "Idempotency-Key", "file-7")
	last := w.last()
	again := w.imports(publicCertificates, "Idempotency-Key", "file-7")
	if again.status != http.StatusCreated || again.body != first.body || again.header.Get("Idempotency-Replayed") != "true" || w.last() != last {
		t.Errorf("again: %d %s", again.status, again.body)
	}
	if got := w.imports(strings.Replace(publicCertificates, "2026-02-16", "2026-02-15", 1), "Idempotency-Key", "file-7"); got.status != 422 || got.get("code") != "idempotency-key-reused" {
		t.Errorf("another file: %d %s", got.status, got.body)
	}
	if got := w.imports("type,\n", "Idempotency-Key", "file-7"); got.status != 422 || got.get("code") != "idempotency-key-reused" {
		t.Errorf("a broken file: %d %s", got.status, got.body)
	}
	if got := w.imports(publicCertificates); got.status != 422 || got.get("errors.0.code") != "certificate-known" || got.get("errors.0.pointer") != "/lines/2/number" || w.last() != last {
		t.Errorf("under another key: %d %s", got.status, got.body)
	}
}

// An import that broke off after its first client is completed by the same request.
func TestImportIsCompleted(t *testing.T) {
	whole := newWorld(t)
	want := whole.imports(publicCertificates, "Idempotency-Key", "file-7")
	w := newWorld(t)
	w.import1(publicCertificates)
	before := w.last()
	if before != 3 {
		t.Fatalf("%d events before", before)
	}
	got := w.imports(publicCertificates, "Idempotency-Key", "file-7")
	if got.status != http.StatusCreated || w.last() != whole.last() || got.header.Get("Idempotency-Replayed") != "" {
		t.Fatalf("%d %s", got.status, got.body)
	}
	for _, member := range []string{"items.0.certificates.0", "items.1.certificates.0", "items.1.seq", "items.1.events"} {
		if got.get(member) != want.get(member) {
			t.Errorf("%s is %q, want %q", member, got.get(member), want.get(member))
		}
	}
}

// import1 does what an import does up to its first client, under the key file-7.
func (w *world) import1(body string) {
	w.Helper()
	clients, err := clientsOf([]byte(body), true)
	if err != nil {
		w.Fatal(err)
	}
	r, err := http.NewRequest(http.MethodPost, w.http.URL+"/v1/imports", nil)
	if err != nil {
		w.Fatal(err)
	}
	base := &posting{actor: w.server.tokens.find(tokenOf("wang")), key: "file-7", opening: true, batch: true, digest: requestDigest(r, []byte(body))}
	postings, err := w.server.judgeImport(w.Context(), base, clients)
	if err != nil {
		w.Fatal(err)
	}
	if _, err := w.server.commitAlone(w.Context(), postings[0].posting); err != nil {
		w.Fatal(err)
	}
}

// One broken line refuses the file, each is named, and nothing is taken.
func TestBrokenLinesAreNamed(t *testing.T) {
	w := newWorld(t)
	lines := strings.Split(publicCertificates, "\n")
	for name, row := range map[string]struct {
		change  func([]string)
		status  int
		code    string
		pointer string
		fault   string
	}{
		"no date":              {func(l []string) { l[2] = strings.Replace(l[2], "2023-02-18,2023-02-18", "2023-02-30,2023-02-18", 1) }, 422, "import-refused", "/lines/3/issued_on", "member-invalid"},
		"no number":            {func(l []string) { l[1] = strings.Replace(l[1], "71223SC0002R0S", "", 1) }, 422, "import-refused", "/lines/2/number", "member-missing"},
		"an unknown scheme":    {func(l []string) { l[1] = strings.Replace(l[1], "gbt27922-2011", "gbt1", 1) }, 422, "import-refused", "/lines/2/scheme", "unknown-scheme"},
		"an unknown type":      {func(l []string) { l[3] = strings.Replace(l[3], "audit,", "visit,", 1) }, 422, "import-refused", "/lines/4/type", "member-invalid"},
		"a future withdrawal":  {func(l []string) { l[1] = strings.Replace(l[1], "2024-06-26", "2027-06-26", 1) }, 422, "import-refused", "/lines/2/effective_at", "effective-in-future"},
		"validity reversed":    {func(l []string) { l[1] = strings.Replace(l[1], "2026-02-16", "2022-02-16", 1) }, 422, "import-refused", "/lines/2/valid_until", "dates-out-of-order"},
		"a status without day": {func(l []string) { l[1] = strings.Replace(l[1], "2024-06-26", "", 1) }, 422, "import-refused", "/lines/2/on", "member-missing"},
		"a number twice":       {func(l []string) { l[2] = strings.Replace(l[2], "71223SC0003R0S", "71223SC0002R0S", 1) }, 422, "import-refused", "/lines/3/number", "certificate-known"},
		"an unknown column":    {func(l []string) { l[0] = strings.Replace(l[0], "printed", "print", 1) }, 422, "import-refused", "/lines/2/print", "member-unknown"},
		"a column twice":       {func(l []string) { l[0] = strings.Replace(l[0], "printed", "number", 1) }, 400, "column-repeated", "", ""},
		"a cell too many":      {func(l []string) { l[2] += ",x" }, 400, "csv-malformed", "", ""},
		"an open quote":        {func(l []string) { l[3] = strings.Replace(l[3], `分"`, `分`, 1) }, 400, "csv-malformed", "", ""},
		"not UTF-8":            {func(l []string) { l[2] += "\xff" }, 400, "csv-malformed", "", ""},
		"no line":              {func(l []string) { l[1], l[2], l[3] = "", "", "" }, 400, "import-empty", "", ""},
	} {
		changed := append([]string(nil), lines...)
		row.change(changed)
		got := w.imports(strings.Join(changed, "\n"))
		if got.status != row.status || got.get("code") != row.code || got.get("errors.0.pointer") != row.pointer || got.get("errors.0.code") != row.fault || w.last() != 0 {
			t.Errorf("%s: %d %s, %d events", name, got.status, got.body, w.last())
		}
	}
	changed := append([]string(nil), lines...)
	changed[1], changed[2] = strings.Replace(changed[1], "71223SC0002R0S", "", 1), strings.Replace(changed[2], "2023-02-18", "soon", 1)
	if got := w.imports(strings.Join(changed, "\n")); got.get("errors.1.pointer") != "/lines/3/issued_on" || !strings.Contains(got.get("detail"), "2 lines") {
		t.Errorf("two broken lines: %s", got.body)
	}
}

const clientsAsJSON = `{"source":"files of 2025","clients":[{"organization":{"name":"Morning Light","uscc":"91310000MA1FL5XH3C"},"scope":"Appliances","field":"03","scheme":"gbt27922-2011",
"certificates":[{"number":"证 No. 1","grade":"five_star","issued_on":"2025-03-01","valid_from":"2025-03-01","valid_until":"2028-02-29","statuses":[{"status":"suspended","on":"2025-06-01"},{"status":"active","on":"2025-07-01"}]}],
"audits":[{"kind":"initial","starts_on":"2025-02-10","ends_on":"2025-02-11"}]}]}`

// As JSON, with a preview that writes nothing; the client goes on here, with its deadlines.
func TestImportedClientGoesOn(t *testing.T) {
	w := newWorld(t)
	preview := w.send(http.MethodPost, "/v1/imports?dry_run=true", "wang", clientsAsJSON, "Idempotency-Key", "")
	if preview.status != 200 || preview.get("items.0.events") != "5" || preview.get("items.0.case") != "" || w.last() != 0 {
		t.Errorf("preview: %d %s", preview.status, preview.body)
	}
	taken := w.must("wang", "/v1/imports", clientsAsJSON)
	at := "/v1/cases/" + taken.get("items.0.case")
	if got := w.calendar(""); got != "surveillance 1 2026-02-11 overdue, recertification 2028-02-29 due" {
		t.Errorf("%s", got)
	}
	w.audited(at, "surveillance", "maintain")
	w.seeing("qian", at, "/decisions", `{"decision":"maintain","audit":1,"reason":"meets"}`)
	if got := w.calendar(""); got != "surveillance 2 2027-11-21 due, recertification 2028-02-29 due" {
		t.Errorf("%s", got)
	}
	if got := w.read("chen", at).get("certificate.number"); got != "证 No. 1" {
		t.Errorf("the number is %q", got)
	}
	for name, row := range map[string]struct {
		actor, body, contentType string
		status                   int
		pointer                  string
	}{
		"by an auditor":     {"li", clientsAsJSON, "application/json", 403, ""},
		"a wrong member":    {"wang", strings.Replace(clientsAsJSON, "2028-02-29", "2027-02-29", 1), "application/json", 400, "/clients/0/certificates/0/valid_until"},
		"without anything":  {"wang", `{"source":"x","clients":[{"organization":{"name":"x"},"scope":"x","scheme":"cts-2025"}]}`, "application/json", 400, "/clients/0"},
		"a broken status":   {"wang", strings.NewReplacer("No. 1", "No. 2", "2025-06-01", "2025-02-28").Replace(clientsAsJSON), "application/json", 422, "/clients/0/certificates/0/statuses/0/on"},
		"not JSON, not CSV": {"wang", clientsAsJSON, "text/plain", 415, ""},
	} {
		got := w.send(http.MethodPost, "/v1/imports", row.actor, row.body, "Content-Type", row.contentType)
		if got.status != row.status || got.get("errors.0.pointer") != row.pointer {
			t.Errorf("%s: %d %s", name, got.status, got.body)
		}
	}
}

// Whatever is sent as a table, reading it never panics, and what is read names lines that are there.
func FuzzImportTable(f *testing.F) {
	f.Add(publicCertificates)
	f.Add("type,organization\n\"a\nb\",c\n")
	f.Add("\ufeff")
	f.Add("a,a\n")
	f.Fuzz(func(t *testing.T, text string) {
		clients, err := clientsOf([]byte(text), true)
		if err != nil {
			if problem := problemOf(err); problem.Status >= 500 {
				t.Errorf("%q: %v", text, err)
			}
			return
		}
		for i := range clients {
			for _, each := range clients[i].commands() {
				if !strings.HasPrefix(each.place, "/lines/") {
					t.Errorf("%q: %s", text, each.place)
				}
			}
		}
	})
}
