package checks

import (
	"fmt"

	"starledger/events"
	"starledger/scoring"
)

// Book is every version of every scheme: those that come with the product, and those that the registry
// case has registered, in that order. Posting, replay, read models and offline verification all get
// their book here, so they cannot differ. registry may be nil. What was registered and is no scheme, has
// another digest than its event says, or repeats a version, is a DamageError: posting refuses all three.
func Book(shipped *scoring.Book, registry *events.Case) (*scoring.Book, error) {
	if registry == nil {
		return shipped, nil
	}
	book := shipped
	for i := range registry.Registrations {
		r := &registry.Registrations[i]
		var err error
		if book, err = With(book, r.SchemeRegistered); err != nil {
			return nil, &events.DamageError{Seq: r.Seq, Reason: "registers what is no new version of a scheme", Err: err}
		}
	}
	return book, nil
}

// With is a book with one more registered version.
func With(book *scoring.Book, d events.SchemeRegistered) (*scoring.Book, error) {
	scheme, err := scoring.ParseScheme([]byte(d.Document))
	if err != nil {
		return nil, err
	}
	if scheme.Digest() != string(d.Scheme.Digest) || scheme.ID != string(d.Scheme.ID) || scheme.Version != string(d.Scheme.Version) {
		return nil, fmt.Errorf("the document is %s@%s with digest %s", scheme.ID, scheme.Version, scheme.Digest())
	}
	return scoring.NewBook(append(book.All(), scheme)...)
}
