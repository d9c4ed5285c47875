package jetlog

import (
	"slices"
	"strconv"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
)

// expects are the headers of the first message of a unit, under which the broker stores it: that its case ends
// at After. To find that out the broker loads a block of 8 MiB; so where the case is known to end there, it is
// asked instead whether the log still ends where this process has seen it end (unmoved). It does, unless a write
// that was given up has landed after all.
//
// The other messages of a unit have none: in a batch the broker refuses a second expectation on one subject,
// and takes one about the log with the first message of all only, which is enough.
func expects(u *unit, unmoved bool, end uint64) nats.Header {
	header := nats.Header{server.JSMsgId: {dedupID(u.Append)}}
	if !u.follows {
		header.Set(server.JSExpectedLastSubjSeq, strconv.FormatUint(u.After, 10))
	}
	if unmoved {
		header.Set(server.JSExpectedLastSeq, strconv.FormatUint(end, 10))
	}
	return header
}

// asked is a group whose cases the broker is to look up itself, since the log has moved.
func asked(group []unit) []unit {
	for i := range group {
		group[i].follows = false
	}
	return group
}

func anyFollows(group []unit) bool {
	return slices.ContainsFunc(group, func(u unit) bool { return u.follows })
}
