package decide_test

import (
	"strings"
	"testing"

	"starledger/events"
	"starledger/events/checks"
	"starledger/events/decide"
	. "starledger/events/decide/decidetest"
	"starledger/scoring"
)

func registry(t T) *Story { return Empty(t, events.Registry).As("root", "admin") }

// version is another version of the standard after replacements in its document: old, new, old, new.
func version(t T, name string, replacements ...string) *decide.RegisterScheme {
	t.Helper()
	standard, _ := Book(t).Find("gbt27922-2011", "1")
	document := strings.Replace(string(standard.Canonical()), `"version":"1"`, `"version":"`+name+`"`, 1)
	for i := 0; i+1 < len(replacements); i += 2 {
		if !strings.Contains(document, replacements[i]) {
			t.Fatalf("the document has no %s", replacements[i])
		}
		document = strings.Replace(document, replacements[i], replacements[i+1], 1)
	}
	scheme, err := scoring.ParseScheme([]byte(document))
	if err != nil {
		t.Fatal(err)
	}
	return &decide.RegisterScheme{Scheme: scheme}
}

// draft is a scheme none of whose clauses has points.
func draft(t T) *decide.RegisterScheme {
	t.Helper()
	scheme, _ := Book(t).Find(Weightless, "1")
	registration := *scheme
	registration.Version = "2"
	return &decide.RegisterScheme{Scheme: &registration}
}

func combinedWith(id, digest string) []string {
	return []string{`"grades":[`, `"combination":{"with":{"id":"` + id + `","version":"1","digest":"` + digest + `"},"rule":"lower"},"grades":[`}
}

// schemeRows need a test to make their documents.
func schemeRows(t T) []row {
	return []row{
		{"a registration in a case", applied, version(t, "2"), decide.NotFound, decide.UnknownCase, "", ""},
		{"a shipped version again", registry, version(t, "1"), decide.Standing, decide.SchemeVersionExists, "/version", ""},
		{"a draft", registry, draft(t), decide.Broken, decide.SchemeDraft, "/clauses/0/points", ""},
		{"a clause no event can name", registry, version(t, "2", `"id":"5.1.1.1"`, `"id":"第五条"`), decide.Broken, decide.SchemeNameUnusable, "/clauses/0/id", ""},
		{"a trigger no event can name", registry, version(t, "2", `"id":"law"`, `"id":"a law"`), decide.Broken, decide.SchemeNameUnusable, "/special_deductions/triggers/0/id", ""},
		{"a grade no event can name", registry, version(t, "2", `"id":"qualified"`, `"id":"达标"`), decide.Broken, decide.SchemeNameUnusable, "/grades/0/id", ""},
		{"evaluation 1 unknown", registry, version(t, "2", combinedWith("other", string(events.DigestOf(nil)))...), decide.Broken, decide.SchemeNotCombinable, "/combination/with", ""},
	}
}

// What is registered is in the book of everybody who folds the registry, in force from its day on, and
// cannot be registered again.
func TestRegisterScheme(t *testing.T) {
	s := registry(t).Do(version(t, "2", `"in_force_from":"2012-02-01"`, `"in_force_from":"2026-03-02"`))
	book, err := checks.Book(Book(t), s.Case)
	if err != nil {
		t.Fatal(err)
	}
	registered, found := book.Find("gbt27922-2011", "2")
	r := s.Case.Registrations[0]
	if !found || registered.Digest() != string(r.Scheme.Digest) || events.DigestOf([]byte(r.Document)) != r.Scheme.Digest {
		t.Fatalf("registered %+v, found %t", r.Scheme, found)
	}
	for day, want := range map[events.Date]string{"2026-03-01": "1", "2026-03-02": "2"} {
		if in, _ := book.InForce("gbt27922-2011", day.End().Time()); in.Version != want {
			t.Errorf("at the end of %s version %s is in force", day, in.Version)
		}
	}
	s.Setting.Schemes = book
	if _, err := s.Try(version(t, "2")); err == nil {
		t.Error("registered again")
	}
}

// A book is refused when the registry holds what could not have been posted.
func TestBookOfADamagedRegistry(t *testing.T) {
	good := version(t, "2").Scheme
	name := events.SchemeName{ID: "gbt27922-2011", Version: "2", Digest: events.Digest(good.Digest())}
	for what, d := range map[string]events.SchemeRegistered{
		"no scheme":         {Scheme: name, Document: "{}"},
		"another digest":    {Scheme: events.SchemeName{ID: name.ID, Version: name.Version, Digest: events.DigestOf(nil)}, Document: events.SchemeDocument(good.Canonical())},
		"another name":      {Scheme: events.SchemeName{ID: name.ID, Version: "3", Digest: name.Digest}, Document: events.SchemeDocument(good.Canonical())},
		"a version shipped": {Scheme: events.SchemeName{ID: name.ID, Version: "1", Digest: events.Digest(version(t, "1").Scheme.Digest())}, Document: events.SchemeDocument(version(t, "1").Scheme.Canonical())},
	} {
		if _, err := checks.Book(Book(t), registry(t).Force(d).Case); err == nil {
			t.Errorf("%s: a book was made", what)
		}
	}
}
