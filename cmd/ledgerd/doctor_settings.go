package main

import (
	"crypto/tls"
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
	"time"

	"starledger/api"
)

// examinePlaces tells which second copies would be lost together with the first.
func examinePlaces(cfg Config) (findings []finding) {
	data, err := os.Stat(existing(cfg.Data))
	if err != nil {
		return []finding{unseen("PLACES", cfg.Data, err)}
	}
	for _, d := range onDisk(cfg)[1:] {
		info, err := os.Stat(d.dir)
		if err != nil {
			findings = append(findings, unseen("PLACES", d.dir, err))
			continue
		}
		how := fine
		if sameDevice(data, info) {
			how = doubt
		}
		findings = append(findings, found("PLACES", how, d.flag+" "+d.dir,
			map[outcome]words{fine: {"与 --data 不在同一块盘", "on another disk than --data"}, doubt: {"与 --data 在同一块盘", "on the same disk as --data"}}[how],
			words{"请放到另一块盘：一块盘坏了另一份还在", "give it another disk: what befalls one must not befall both"}))
	}
	return findings
}

func sameDevice(a, b os.FileInfo) bool {
	one, isOne := a.Sys().(*syscall.Stat_t)
	other, isOther := b.Sys().(*syscall.Stat_t)
	return isOne && isOther && one.Dev == other.Dev
}

// examinePermissions tells who else may read or change the ledger and its key.
func examinePermissions(cfg Config) (findings []finding) {
	for _, dir := range []string{cfg.Data, cfg.ArchiveDir, cfg.CheckpointDir} {
		info, err := os.Stat(dir)
		if errors.Is(err, os.ErrNotExist) {
			continue // it will be made, with mode 0700
		}
		if err != nil {
			findings = append(findings, unseen("PERMISSIONS", dir, err))
			continue
		}
		mode, how := info.Mode().Perm(), fine
		switch {
		case mode&0o022 != 0:
			how = broken
		case mode&0o055 != 0:
			how = doubt
		}
		findings = append(findings, found("PERMISSIONS", how, dir, words{fmt.Sprintf("权限 %04o", mode), fmt.Sprintf("mode %04o", mode)},
			words{"chmod go= " + dir, "chmod go= " + dir}))
	}
	switch _, err := loadKey(cfg.KeyDir, logKeys); {
	case errors.Is(err, errNoKey) && cfg.Cluster.URLs != "":
		findings = append(findings, found("KEY", broken, cfg.KeyDir, words{"没有密钥，节点不会自行生成", "no key, and a node makes none for itself"},
			words{"所有节点用同一把密钥：ledgerd keys log 生成一次，把文件放到每个节点", "all nodes sign with the same one: make it once with ledgerd keys log, and give each node the file"}))
	case errors.Is(err, errNoKey):
		findings = append(findings, found("KEY", fine, cfg.KeyDir, words{"尚无密钥，首次启动时生成", "no key yet: the first start makes it"}, words{}))
	case err != nil:
		findings = append(findings, found("KEY", broken, cfg.KeyDir, words{"密钥不可用：" + err.Error(), "the key cannot be used: " + err.Error()},
			words{"谁能读密钥谁就能以账本名义签名；照提示修正权限", "whoever can read the key can sign in the log's name; do as the error says"}))
	default:
		findings = append(findings, found("KEY", fine, cfg.KeyDir, words{"密钥只有所有者可读", "the key is its owner's alone"}, words{}))
	}
	return findings
}

// examineSignIn reads the tokens as the service would.
func examineSignIn(cfg Config) []finding {
	if cfg.Tokens == "" {
		return []finding{found("TOKENS", doubt, "--tokens", words{"没有令牌文件：谁也登录不了", "there is no file of tokens: nobody can sign in"},
			words{"用 --tokens 指定", "give one with --tokens"})}
	}
	if _, err := api.LoadTokens(cfg.Tokens); err != nil {
		return []finding{found("TOKENS", broken, cfg.Tokens, words{"不可用：" + err.Error(), "cannot be used: " + err.Error()},
			words{"服务会拒绝启动；chmod 600 并照提示修正", "the service would refuse to start; chmod 600, and do as the error says"})}
	}
	return []finding{found("TOKENS", fine, cfg.Tokens, words{"可用，只有所有者可读", "can be used, and is its owner's alone"}, words{})}
}

// expiresSoon is when a certificate that still holds has to be thought of.
const expiresSoon = 14 * 24 * time.Hour

func examineTransport(cfg Config) []finding {
	switch {
	case cfg.TLSCert != "":
		return []finding{certificateOf(cfg)}
	case cfg.BehindProxy:
		return []finding{found("TLS", fine, "--behind-proxy", words{"由前置代理终止 TLS", "a proxy in front ends TLS"}, words{})}
	}
	return []finding{found("TLS", fine, "--listen "+cfg.Listen, words{"只在本机监听", "listens on this machine only"}, words{})}
}

func certificateOf(cfg Config) finding {
	todo := words{"请更换证书", "replace the certificate"}
	pair, err := tls.LoadX509KeyPair(cfg.TLSCert, cfg.TLSKey)
	if err != nil {
		return found("TLS", broken, cfg.TLSCert, words{"不可用：" + err.Error(), "cannot be used: " + err.Error()}, todo)
	}
	left, how := time.Until(pair.Leaf.NotAfter), fine
	switch {
	case left < 0:
		how = broken
	case left < expiresSoon:
		how = doubt
	}
	until := pair.Leaf.NotAfter.Format(time.DateOnly)
	return found("TLS", how, cfg.TLSCert, words{"证书有效期至 " + until, "the certificate holds until " + until}, todo)
}

// examineTrust tells what the checkpoints will rest on.
func examineTrust(cfg Config) (findings []finding) {
	if cfg.Origin == defaultOrigin {
		findings = append(findings, found("ORIGIN", doubt, "--origin "+cfg.Origin, words{"账本仍用默认名称，此后不能更改", "the log has its default name, which cannot change later"},
			words{"正式使用前取一个名称，如 ledger.example.org/2026", "name it before it is used in earnest, as in ledger.example.org/2026"}))
	}
	if cfg.ScrubRate == 0 {
		findings = append(findings, found("SCRUB", doubt, "--scrub-rate 0", words{"运行期间不复核已存事件", "stored events are compared with what was sealed at starts only"},
			words{"去掉该设置", "leave the setting out"}))
	}
	key, err := loadKey(cfg.KeyDir, logKeys)
	if err != nil {
		return findings // examinePermissions tells
	}
	trust, err := readTrust(cfg, key)
	switch {
	case err != nil:
		findings = append(findings, found("WITNESSES", broken, cfg.Policy, words{"见证策略不可用：" + err.Error(), "the policy cannot be used: " + err.Error()},
			words{"照提示修正", "do as the error says"}))
	case len(trust.policy.Witnesses) == 0:
		findings = append(findings, found("WITNESSES", doubt, "--policy", words{"没有见证方：运营者可以改写历史再签名而无人察觉", "no witnesses: the operator could rewrite history and sign it again unnoticed"},
			words{"请他人运行 ledgerd witness 并写入策略", "have others run ledgerd witness, and name them in the policy"}))
	default:
		var names []string
		for _, w := range trust.policy.Witnesses {
			names = append(names, w.Name)
		}
		findings = append(findings, found("WITNESSES", fine, "", words{"见证方：" + strings.Join(names, "、"), "witnesses: " + strings.Join(names, ", ")}, words{}))
	}
	return findings
}

// needFiles is what the store, the read model, the listeners and a thousand connections may have open.
const needFiles = 4096

func examineLimits(Config) []finding {
	var files syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &files); err != nil {
		return []finding{unseen("LIMITS", "", err)}
	}
	how := fine
	if files.Max < needFiles {
		how = doubt
	}
	return []finding{found("LIMITS", how, "", words{fmt.Sprintf("最多可打开 %d 个文件", files.Max), fmt.Sprintf("%d files may be open", files.Max)},
		words{fmt.Sprintf("至少 %d（systemd：LimitNOFILE=）", needFiles), fmt.Sprintf("at least %d (systemd: LimitNOFILE=)", needFiles)})}
}
