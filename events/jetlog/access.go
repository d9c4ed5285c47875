package jetlog

import (
	"fmt"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nkeys"
)

const (
	systemAccount = "SYSTEM"
	inboxes       = "_INBOX.>"
	api           = "$JS.API."
	aboutMe       = "$SYS.REQ.USER.INFO" // answers with the permissions of whoever asks
)

// A user is one identity at the broker. Its key is made at start, lives in memory and is never
// written anywhere.
type user struct {
	nkey *server.NkeyUser
	sign func(nonce []byte) ([]byte, error)
}

func newUser(account *server.Account, permissions *server.Permissions) (user, error) {
	key, err := nkeys.CreateUser()
	if err != nil {
		return user{}, fmt.Errorf("make a user key: %w", err)
	}
	public, err := key.PublicKey()
	if err != nil {
		return user{}, fmt.Errorf("make a user key: %w", err)
	}
	return user{
		nkey: &server.NkeyUser{Nkey: public, Account: account, Permissions: permissions},
		sign: key.Sign,
	}, nil
}

// servicePermissions are what the log works with: publish events and checkpoints, get stored
// messages, read the configuration and state of both streams, and these permissions themselves.
// Nothing that changes, purges or deletes a stream: the stream's own DenyDelete and DenyPurge can be
// undone by an update, this cannot.
func servicePermissions() *server.Permissions {
	return &server.Permissions{
		Publish: &server.SubjectPermission{Allow: []string{
			caseSubjects + ">",
			cpSubjects + ">",
			api + "STREAM.INFO." + streamName,
			api + "STREAM.INFO." + cpName,
			directGet,
			cpDirectGet,
			aboutMe,
		}},
		Subscribe: &server.SubjectPermission{Allow: []string{inboxes}},
	}
}

// adminPermissions allow one thing: to create streams that hold nothing yet. They exist only while a
// ledger is being founded or rebuilt.
func adminPermissions(streams []string) *server.Permissions {
	var create []string
	for _, name := range streams {
		create = append(create, api+"STREAM.CREATE."+name)
	}
	return &server.Permissions{
		Publish:   &server.SubjectPermission{Allow: create},
		Subscribe: &server.SubjectPermission{Allow: []string{inboxes}},
	}
}
