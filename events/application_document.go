package events

// DocumentStatus is how an application document stands.
type DocumentStatus string

// The states of an application document.
const (
	DocumentReceived      DocumentStatus = "received"
	DocumentMissing       DocumentStatus = "missing"        // declared: the organization has none, or has not sent it
	DocumentNotApplicable DocumentStatus = "not_applicable" // nothing requires it of this organization
)

// Values lists what is accepted.
func (*DocumentStatus) Values() []DocumentStatus {
	return []DocumentStatus{DocumentReceived, DocumentMissing, DocumentNotApplicable}
}

// UnmarshalText accepts one of Values.
func (s *DocumentStatus) UnmarshalText(b []byte) error { return enum(s, b, s.Values()) }

// DocumentRecorded records an application document (申请资料): received with its files, or declared
// missing. The latest of a document stands.
type DocumentRecorded struct {
	// The document, by its id in the body's list, such as licence.
	Document ID `json:"document"`
	// Received, missing, or not applicable.
	Status DocumentStatus `json:"status"`
	// The files received, by their digests.
	Evidence []Evidence `json:"evidence,omitzero"`
}

// EventType is starledger.document.recorded.v1.
func (DocumentRecorded) EventType() Type { return "starledger.document.recorded.v1" }

// ApplicationDocument is an application document as it stands.
type ApplicationDocument struct {
	Entry
	DocumentRecorded
}

// Document is the application document with this id; nil when nothing was recorded of it.
func (c *Case) Document(id ID) *ApplicationDocument {
	return find(c.Documents, func(d *ApplicationDocument) bool { return d.DocumentRecorded.Document == id })
}

func (d DocumentRecorded) apply(c *Case, e *Stored) error {
	now := ApplicationDocument{entryOf(e), d}
	if standing := c.Document(d.Document); standing != nil {
		*standing = now
		return nil
	}
	c.Documents = append(c.Documents, now)
	return nil
}
