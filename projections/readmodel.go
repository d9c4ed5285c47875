package projections

import (
	"context"

	"starledger/events"
)

// A readModel is one view: its tables, the indexes that are made once the log has been read for the
// first time (which is much faster than keeping them up while reading), and what an event adds.
//
// Every table only grows: a row says from which sequence on it holds, and the view now is the view
// as of the position. So a view as of any sequence is exact, and costs what the view now costs.
type readModel struct {
	name    string
	tables  string
	indexes string
	apply   func(ctx context.Context, w *writer, m *moment) error
}

func readModels() []readModel {
	return []readModel{entriesModel, casesModel, scoresModel, wordsModel, registerModel, openingsModel, reportsModel,
		deadlinesModel, tracesModel, findingsModel, membersModel, waitsModel}
}

// moment is one event as the models see it, between the case before it and the case after it.
type moment struct {
	*events.Stored
	line   *strand        // of its case
	no     uint64         // of the case: the sequence of its first event
	late   events.Instant // by how much it was recorded before the latest time up to it
	before standing       // what the list showed before the event; zero before the first
	now    standing       // what it shows after it

	assessed     int                 // involved clauses that are assessed in the latest audit of the case
	findings     int                 // open in the case
	scored       *rescored           // what it did to the score of an audit; nil when it leaves it as it was
	statuses     []status            // of the certificates whose status is another now
	reported     *reported           // the result of an audit, or that it was returned; nil otherwise
	scope        events.Text         // of the case, with the event
	organization events.Organization // of the case
	certificate  uint64              // sequence of the issue of the latest; 0 before the first
	deadlines    []deadline          // that begin, change or are settled with it
	finding      uint64              // sequence that raised the finding it raises or moves; 0 for none
	findingStage FindingStage        // that this brings it to
	waits        []wait              // what the case waits for, when that is another now
	decided      *course             // how an audit went that is decided now; nil otherwise
}
