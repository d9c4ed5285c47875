package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"time"
)

// What the kernel tells of its clock (adjtimex(2)).
const (
	clockUnsynchronized = 0x0040 // in the status
	clockError          = 5      // the state
)

// examineClock asks the kernel whether anything keeps its clock right, and whether the ledger was already
// written at a time that has not come yet. Recorded times are held against those of the witnesses.
func examineClock(cfg Config) []finding {
	now := time.Now()
	findings := []finding{clockKept()}
	files, err := filepath.Glob(filepath.Join(cfg.ArchiveDir, "*.ndjson"))
	if err != nil || len(files) == 0 {
		return findings
	}
	slices.Sort(files)
	info, err := os.Stat(files[len(files)-1])
	if err != nil {
		return append(findings, unseen("CLOCK-BACK", files[len(files)-1], err))
	}
	if ahead := info.ModTime().Sub(now); ahead > time.Minute {
		findings = append(findings, found("CLOCK-BACK", broken, cfg.ArchiveDir,
			words{fmt.Sprintf("账本最后写入的时间比现在晚 %v：时钟被拨回", ahead), fmt.Sprintf("the ledger was last written %v from now: the clock was set back", ahead)},
			words{"启动服务之前请校正时钟", "put the clock right before the service is started"}))
	}
	return findings
}

func clockKept() finding {
	var clock syscall.Timex
	state, err := syscall.Adjtimex(&clock)
	if err != nil {
		return unseen("CLOCK-SYNC", "", err)
	}
	if state == clockError || clock.Status&clockUnsynchronized != 0 {
		return found("CLOCK-SYNC", doubt, "", words{"系统时钟未与时间源同步", "nothing keeps the system's clock right, as far as the kernel knows"},
			words{"请启用 chrony 或 systemd-timesyncd：记录时间要与见证方的时间相符", "run chrony or systemd-timesyncd: recorded times are compared with those of witnesses"})
	}
	off := time.Duration(clock.Esterror) * time.Microsecond
	return found("CLOCK-SYNC", fine, "", words{fmt.Sprintf("时钟已同步，估计误差 %v", off), fmt.Sprintf("the clock is kept right, to %v as the kernel estimates", off)}, words{})
}
