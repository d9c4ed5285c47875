package scoring

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// A Book holds every version of every scheme, and says which one is in force. It is never changed;
// a registration makes a new Book.
type Book struct {
	schemes []*Scheme // by id, then first day in force, then order of registration
}

// ErrDuplicateScheme reports a second scheme under an id and version that are taken: a version is
// never changed, only superseded.
var ErrDuplicateScheme = errors.New("scheme version exists")

// NewBook takes schemes in the order of their registration.
func NewBook(schemes ...*Scheme) (*Book, error) {
	taken := make(map[[2]string]bool, len(schemes))
	for _, s := range schemes {
		key := [2]string{s.ID, s.Version}
		if taken[key] {
			return nil, fmt.Errorf("%w: %s@%s", ErrDuplicateScheme, s.ID, s.Version)
		}
		taken[key] = true
	}
	sorted := slices.Clone(schemes)
	slices.SortStableFunc(sorted, func(a, b *Scheme) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.InForceFrom, b.InForceFrom))
	})
	return &Book{sorted}, nil
}

// All returns every version, sorted by id and first day in force. NewBook(append(b.All(), s)...)
// is the book with one more.
func (b *Book) All() []*Scheme { return slices.Clone(b.schemes) }

// Find returns one version.
func (b *Book) Find(id, version string) (*Scheme, bool) {
	for _, s := range b.schemes {
		if s.ID == id && s.Version == version {
			return s, true
		}
	}
	return nil, false
}

// shanghai is the civil time of every date in this ledger; China has had no other since 1992.
var shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// InForce returns the version in force on the day that on falls on in Asia/Shanghai, first and last
// day included. Of several, the one that came into force last counts; of those, the one registered
// last.
func (b *Book) InForce(id string, on time.Time) (*Scheme, bool) {
	day := on.In(shanghai).Format(time.DateOnly)
	for _, s := range slices.Backward(b.schemes) {
		if s.ID == id && s.InForceFrom <= day && (s.InForceUntil == "" || day <= s.InForceUntil) {
			return s, true
		}
	}
	return nil, false
}

// ErrBadRef is the kind of ParseRef's errors.
var ErrBadRef = errors.New("not a scheme reference")

// ParseRef splits "id" or "id@version"; without a version, version is empty.
func ParseRef(ref string) (id, version string, err error) {
	id, version, versioned := strings.Cut(ref, "@")
	if !validName(id) || versioned && !validName(version) {
		return "", "", fmt.Errorf("%w: %.80q", ErrBadRef, ref)
	}
	return id, version, nil
}

// validName accepts ids and versions: 1 to 64 letters, digits, dots, hyphens and underscores, the
// first one a letter or digit.
func validName(s string) bool {
	const inside = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_"
	return s != "" && len(s) <= 64 && strings.Trim(s, inside) == "" && !strings.ContainsAny(s[:1], ".-_")
}
