package jetlog

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
)

// askServers is what every server of the cluster answers with how it syncs, when the account imports
// it from the system account: only so can a client know.
const askServers = "$SYS.REQ.SERVER.PING.JSZ"

// answersWithin is how long servers may take to answer all.
const answersWithin = 2 * time.Second

// clusterPermissions are servicePermissions in a cluster: in addition the leader is read from, past
// servers that are behind, and the servers are asked how they sync.
func clusterPermissions() *server.Permissions {
	p := servicePermissions()
	p.Publish.Allow = append(p.Publish.Allow,
		api+"STREAM.MSG.GET."+streamName, api+"STREAM.MSG.GET."+cpName, askServers)
	return p
}

// clusterDrift is CheckConfig in a cluster: how the servers sync, and what the service may do.
func (l *Log) clusterDrift(ctx context.Context) (drift []string, err error) {
	cfg := &l.remote.cfg
	info, err := l.streamInfo(ctx, streamName)
	if err != nil && !isMissing(err) {
		return nil, fmt.Errorf("ask which servers keep the log: %w", err)
	}
	accepted := ""
	if lazy := l.lazyServers(l.askSync(ctx, info.Cluster)); lazy != "" && cfg.AcceptLazySync {
		accepted = lazy
	} else if lazy != "" {
		drift = append(drift, lazy)
	}
	l.remote.mu.Lock()
	l.remote.lazy = accepted
	l.remote.mu.Unlock()
	if cfg.AcceptWideRights {
		return drift, nil
	}
	wide, err := l.wideRights(ctx)
	return append(drift, wide...), err
}

// lazyServers says which of the servers that keep the log may acknowledge what a power cut takes away;
// empty when none. One that is down cannot say, and acknowledges nothing either. That none has ever said
// is not the same as that none does for once, on a machine that is busy.
func (l *Log) lazyServers(said map[string]bool) string {
	l.remote.mu.Lock()
	defer l.remote.mu.Unlock()
	l.remote.told = l.remote.told || len(said) > 0
	var lazy []string
	for name, always := range said {
		if !always {
			lazy = append(lazy, name)
		}
	}
	slices.Sort(lazy)
	switch {
	case len(lazy) > 0:
		return fmt.Sprintf("the servers %s do not sync every write before they acknowledge it (sync_interval: always)", strings.Join(lazy, ", "))
	case !l.remote.told:
		return "no server tells whether it syncs every write: let the account import the service " + askServers
	}
	return ""
}

// askSync asks all servers and waits for those that keep the log, or as long as it takes.
func (l *Log) askSync(ctx context.Context, on *server.ClusterInfo) map[string]bool {
	said, waiting := map[string]bool{}, map[string]bool{}
	if on != nil {
		waiting[on.Leader] = true
		for _, peer := range on.Replicas {
			waiting[peer.Name] = !peer.Offline
		}
	}
	answers := make(chan *nats.Msg, 64)
	inbox := l.conn.NewInbox()
	sub, err := l.conn.ChanSubscribe(inbox, answers)
	if err != nil {
		return said
	}
	defer func() { _ = sub.Unsubscribe() }() // fails only on a closed connection
	if err := l.conn.PublishRequest(askServers, inbox, nil); err != nil {
		return said
	}
	timer := time.NewTimer(answersWithin)
	defer timer.Stop()
	for {
		select {
		case msg := <-answers:
			var answer struct {
				Server server.ServerInfo `json:"server"`
				Data   server.JSInfo     `json:"data"`
			}
			if msg.Header.Get("Status") == statusAway {
				return said
			}
			if decodeAnswer(msg, &answer) != nil || on != nil && !waiting[answer.Server.Name] {
				continue
			}
			said[answer.Server.Name] = answer.Data.Config.SyncAlways
			if on == nil || len(said) == len(on.Replicas)+1 {
				return said
			}
		case <-timer.C:
			return said
		case <-ctx.Done():
			return said
		}
	}
}

// wideRights names what the service may do beyond what it needs: the streams' own DenyDelete and
// DenyPurge can be undone by an update.
func (l *Log) wideRights(ctx context.Context) ([]string, error) {
	has, err := l.permissions(ctx)
	if err != nil {
		return nil, err
	}
	if has == nil || has.Publish == nil || len(has.Publish.Allow) == 0 {
		return []string{"the service may publish anything, so it could change and delete the streams: give its account the permissions of the sample configuration"}, nil
	}
	needs := clusterPermissions().Publish.Allow
	var wide []string
	for _, subject := range has.Publish.Allow {
		if !slices.Contains(needs, subject) {
			wide = append(wide, fmt.Sprintf("the service may publish %s, which it does not need", subject))
		}
	}
	return wide, nil
}
