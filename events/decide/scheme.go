package decide

import (
	"fmt"
	"strings"

	"starledger/events"
	"starledger/scoring"
)

// SchemeRef names a scheme: id, or id@version.
type SchemeRef string

// UnmarshalText accepts what scoring.ParseRef does.
func (r *SchemeRef) UnmarshalText(b []byte) error {
	if _, _, err := scoring.ParseRef(string(b)); err != nil {
		return fmt.Errorf("read the scheme: %w", err)
	}
	*r = SchemeRef(b)
	return nil
}

// appliedFor is the version of the scheme an application names: the one given, or the one in force.
func (s *sitting) appliedFor(ref SchemeRef) (*scoring.Scheme, error) {
	id, version, err := scoring.ParseRef(string(ref))
	if err != nil {
		return nil, refuse(Malformed, UnknownScheme).at("/scheme").with("scheme", ref)
	}
	if version == "" {
		return s.inForce(id, "/scheme")
	}
	scheme, ok := s.Schemes.Find(id, version)
	switch {
	case !ok:
		return nil, refuse(Broken, UnknownScheme).at("/scheme").with("scheme", ref)
	case !forceOn(scheme, s.effective):
		return nil, refuse(Broken, SchemeNotInForce).at("/scheme").with("scheme", ref)
	}
	return scheme, nil
}

// inForce is the version of a scheme in force when the event happened; pointer is the member that names it.
func (s *sitting) inForce(id, pointer string) (*scoring.Scheme, error) {
	if scheme, ok := s.Schemes.InForce(id, s.effective.Time()); ok {
		return scheme, nil
	}
	for _, scheme := range s.Schemes.All() {
		if scheme.ID == id {
			return nil, refuse(Broken, SchemeNotInForce).at("%s", pointer).with("scheme", id)
		}
	}
	return nil, refuse(Broken, UnknownScheme).at("%s", pointer).with("scheme", id)
}

// forPlan is the version an audit planned now is pinned to: the one in force, or the one that the
// application named, while that is in force.
func (s *sitting) forPlan() (*scoring.Scheme, error) {
	applied := s.c.Scheme
	if s.c.VersionNamed {
		chosen, known := s.Schemes.Find(string(applied.ID), string(applied.Version))
		if known && forceOn(chosen, s.effective) {
			return chosen, nil
		}
	}
	return s.inForce(string(applied.ID), "")
}

// namesVersion tells id@version from id.
func (r SchemeRef) namesVersion() bool { return strings.Contains(string(r), "@") }

func forceOn(scheme *scoring.Scheme, at events.Instant) bool {
	day := string(events.DateOf(at))
	return scheme.InForceFrom <= day && (scheme.InForceUntil == "" || day <= scheme.InForceUntil)
}

func nameOf(scheme *scoring.Scheme) events.SchemeName {
	return events.SchemeName{
		ID: events.ID(scheme.ID), Version: events.ID(scheme.Version), Digest: events.Digest(scheme.Digest()),
	}
}
