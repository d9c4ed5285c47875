package jetlog

import (
	"fmt"
	"net"
	"strings"
	"sync/atomic"
	"testing"

	"starledger/events"
	"starledger/events/jetlog/natstest"
	"starledger/events/logtest"
)

// An account is who uses one ledger in a cluster that keeps several, for tests.
type account struct{ service, admin string } // seed files

// accounts makes so many accounts, each with a service and an admin of its own.
func accounts(t testing.TB, n int) (list []account, text string) {
	t.Helper()
	var all strings.Builder
	all.WriteString("system_account: SYS\naccounts {\n")
	ask := fmt.Sprintf("%q", askServers)
	var names []string
	for i := range n {
		name := fmt.Sprintf("A%d", i)
		names = append(names, name)
		var a account
		var service, admin string
		a.service, service = natstest.Seed(t)
		a.admin, admin = natstest.Seed(t)
		list = append(list, a)
		fmt.Fprintf(&all, "%s { jetstream: enabled, imports: [{service: {account: SYS, subject: %s}}], users: [\n", name, ask)
		fmt.Fprintf(&all, "{nkey: %s, permissions: {publish: [%s], subscribe: [\"_INBOX.>\"]}}\n", service, quoted(clusterPermissions().Publish.Allow))
		fmt.Fprintf(&all, "{nkey: %s, permissions: {publish: [%s], subscribe: [\"_INBOX.>\"]}}\n]}\n", admin,
			quoted(append(adminPermissions([]string{streamName, cpName}).Publish.Allow, api+"INFO")))
	}
	fmt.Fprintf(&all, "SYS { exports: [{service: %s, response: stream, accounts: [%s]}] }\n}\n", ask, strings.Join(names, ", "))
	return list, all.String()
}

func quoted(words []string) string {
	var all []string
	for _, word := range words {
		all = append(all, fmt.Sprintf("%q", word))
	}
	return strings.Join(all, ", ")
}

// startCluster starts three servers that keep so many ledgers.
func startCluster(t testing.TB, ledgers int, lazy ...int) (*natstest.Cluster, []account) {
	t.Helper()
	list, text := accounts(t, ledgers)
	c := natstest.Start(t, natstest.Config{Accounts: text, Lazy: lazy, Direct: true})
	c.Ready(list[0].admin)
	return c, list
}

func (a account) remote(c *natstest.Cluster) Remote {
	return Remote{URLs: c.URLs(), Credentials: a.service, Admin: a.admin, Replicas: c.Len(), Logger: quiet}
}

// A cluster keeps the contract, too. Each clause has a ledger of its own in the same three servers. That
// a record cannot be read any more is for TestDamagedReplica: here three servers would have to lose it.
func TestClusterKeepsTheContract(t *testing.T) {
	const enough = 40 // more than there are clauses
	c, ledgers := startCluster(t, enough)
	next := 0
	logtest.Run(t, func(t *testing.T) logtest.Fixture {
		var armed atomic.Bool
		of := ledgers[next].remote(c)
		next++
		var current *Log
		restart := func(t *testing.T) events.Log {
			if current != nil {
				current.Close()
			}
			var err error
			current, err = connect(t.Context(), of, faults{
				wrap:    func(conn net.Conn) net.Conn { return newLossyConn(conn, &armed) },
				ackWait: clusterAckWait,
			})
			if err != nil {
				t.Fatal(err)
			}
			return current
		}
		restart(t)
		t.Cleanup(func() { current.Close() })
		return logtest.Fixture{Log: current, Restart: restart, LoseAnswer: func(*testing.T) { armed.Store(true) }}
	})
}
