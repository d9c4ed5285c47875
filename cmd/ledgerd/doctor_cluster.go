package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"time"

	"starledger/events/jetlog"
)

// clusterWithin is how long the doctor waits for a cluster.
const clusterWithin = 20 * time.Second

// examineCluster opens the log as the service would, but never founds it: the streams as they have to be, the
// servers syncing what they acknowledge, the service with no more rights than it needs.
func examineCluster(cfg Config) []finding {
	if cfg.Cluster.URLs == "" {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), clusterWithin)
	defer cancel()
	remote := cfg.Cluster.remote(0, false, slog.New(slog.NewTextHandler(io.Discard, nil)))
	remote.Admin = ""
	log, err := jetlog.Connect(ctx, remote)
	if err != nil {
		return []finding{unfitCluster(cfg.Cluster.URLs, err)}
	}
	defer log.Close()
	if accepted := log.Accepted(); accepted != "" {
		return []finding{found("CLUSTER", doubt, cfg.Cluster.URLs, words{"已按设置接受：" + accepted, "accepted as set: " + accepted},
			words{"断电会丢失已确认的内容；请给每台服务器设置 sync_interval: always", "a power cut takes away what was acknowledged; set sync_interval: always on every server"})}
	}
	return []finding{found("CLUSTER", fine, cfg.Cluster.URLs,
		words{"两个流符合要求，服务器先落盘再确认，服务账户没有多余权限", "both streams are as they have to be, the servers sync before they acknowledge, the service has no right that it does not need"}, words{})}
}

// unfitCluster tells why the service would not start on it.
func unfitCluster(urls string, err error) finding {
	todo := words{"请检查服务器是否运行，以及 --nats-creds、--nats-ca、--nats-cert", "see whether the servers run, and --nats-creds, --nats-ca, --nats-cert"}
	var drift *jetlog.DriftError
	switch {
	case errors.As(err, &drift):
		todo = words{"请按 deploy/nats-server.conf 和 deploy/accounts.conf 配置服务器", "configure the servers as deploy/nats-server.conf and deploy/accounts.conf do"}
	case errors.Is(err, jetlog.ErrNotFounded):
		return found("CLUSTER", doubt, urls, words{"集群里还没有账本", "the cluster holds no ledger yet"},
			words{"首次启动时用 --nats-admin-creds 建立，或用 ledgerd migrate 迁入", "found it by a first start with --nats-admin-creds, or move one there with ledgerd migrate"})
	}
	return found("CLUSTER", broken, urls, words{"不可用：" + err.Error(), "cannot be used: " + err.Error()}, todo)
}
