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

// servicePermissions are what the log works with: publish events, get stored messages, read the
// stream's configuration and state. Nothing that changes, purges or deletes the stream: the stream's own
// DenyDelete and DenyPurge can be undone by an update, this cannot.
func servicePermissions() *server.Permissions {
	return &server.Permissions{
		Publish: &server.SubjectPermission{Allow: []string{
			caseSubjects + ">",
			api + "STREAM.INFO." + streamName,
			api + "DIRECT.GET." + streamName,
		}},
		Subscribe: &server.SubjectPermission{Allow: []string{inboxes}},
	}
}

// adminPermissions allow one thing: to create the stream. They exist only while a ledger is
// being founded or rebuilt.
func adminPermissions() *server.Permissions {
	return &server.Permissions{
		Publish:   &server.SubjectPermission{Allow: []string{api + "STREAM.CREATE." + streamName}},
		Subscribe: &server.SubjectPermission{Allow: []string{inboxes}},
	}
}
