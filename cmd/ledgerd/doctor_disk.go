package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// onDisk are the directories whose disks count, each as its flag is called. One that is not made yet is
// looked at where it will be made.
func onDisk(cfg Config) []struct{ flag, dir string } {
	return []struct{ flag, dir string }{
		{"--data", existing(cfg.Data)}, {"--archive-dir", existing(cfg.ArchiveDir)}, {"--checkpoint-dir", existing(cfg.CheckpointDir)},
	}
}

// existing is the directory itself, or the nearest above it that is there.
func existing(dir string) string {
	for dir = filepath.Clean(dir); ; dir = filepath.Dir(dir) {
		if info, err := os.Stat(dir); err == nil && info.IsDir() || dir == filepath.Dir(dir) {
			return dir
		}
	}
}

// The file systems on which a ledger is not what it seems, by their numbers in statfs(2).
var fileSystems = map[int64]struct {
	name string
	how  outcome
	todo words
}{
	0x01021994: {"tmpfs", broken, words{"内存文件系统断电即失，请换到真正的磁盘", "it lies in memory and is gone with the power: use a disk"}},
	0x794c7630: {"overlay", broken, words{"容器的可写层随容器删除，请挂载卷", "the writable layer of a container is deleted with it: mount a volume"}},
	0x6969:     {"nfs", doubt, words{"网络文件系统的 fsync 与锁取决于服务器，请改用本地磁盘", "what fsync and locks mean is up to the server: use a local disk"}},
	0xff534d42: {"cifs", doubt, words{"网络文件系统的 fsync 与锁取决于服务器，请改用本地磁盘", "what fsync and locks mean is up to the server: use a local disk"}},
	0xef53:     {"ext4", fine, words{}},
	0x58465342: {"xfs", fine, words{}},
	0x9123683e: {"btrfs", fine, words{}},
	0x2fc12fc1: {"zfs", fine, words{}},
}

// Below these a disk is called full, or nearly so. An event takes about 1.5 kB in the store and as much in
// the archive.
const (
	fullBelow  = 1 << 30
	scantBelow = 10 << 30
)

func examineSpace(cfg Config) (findings []finding) {
	for _, d := range onDisk(cfg) {
		var at syscall.Statfs_t
		if err := syscall.Statfs(d.dir, &at); err != nil {
			findings = append(findings, unseen("DISK-SPACE", d.dir, err))
			continue
		}
		free := at.Bavail * uint64(at.Bsize)
		how := fine
		switch {
		case free < fullBelow || at.Files > 0 && at.Ffree < 10_000:
			how = broken
		case free < scantBelow:
			how = doubt
		}
		findings = append(findings, found("DISK-SPACE", how, d.flag+" "+d.dir,
			words{fmt.Sprintf("可用 %d MiB，可用 inode %d", free>>20, at.Ffree), fmt.Sprintf("%d MiB and %d inodes are free", free>>20, at.Ffree)},
			words{"请腾出空间或更换磁盘：磁盘写满时账本只能读", "make room or use another disk: on a full one the ledger can only be read"}))
		kind, known := fileSystems[int64(at.Type)]
		if !known {
			kind.name, kind.how = fmt.Sprintf("%#x", at.Type), doubt
			kind.todo = words{"未在此文件系统上验证过，请确认断电后 fsync 过的数据不会丢失", "not tried on this file system: make sure that what was synced outlives a power cut"}
		}
		findings = append(findings, found("DISK-KIND", kind.how, d.flag+" "+d.dir,
			words{"文件系统 " + kind.name, "the file system is " + kind.name}, kind.todo))
	}
	return findings
}

// unseen is the finding that something could not be looked at.
func unseen(code, place string, err error) finding {
	return found(code, doubt, place, words{"无法检查：" + err.Error(), "could not be looked at: " + err.Error()},
		words{"请以服务所用的账户运行", "run it as the user of the service"})
}

const syncRounds = 100

// A sync that is faster than this reaches no medium that outlives a power cut: the fastest drives with
// their own capacitors take longer. One that is slower than tooSlow makes every command wait.
const (
	unbelievable = 15 * time.Microsecond
	tooSlow      = 20 * time.Millisecond
)

// examineSync measures what every acknowledged command has to wait for, and whether it looks as if
// something was really written.
func examineSync(cfg Config) (findings []finding) {
	for _, d := range onDisk(cfg) {
		median, worst, err := measureSync(d.dir)
		if err != nil {
			findings = append(findings, found("DISK-SYNC", broken, d.flag+" "+d.dir, words{"无法写入：" + err.Error(), "cannot be written: " + err.Error()},
				words{"请把目录交给运行服务的账户", "give the directory to the user that runs the service"}))
			continue
		}
		how, todo := fine, words{}
		switch {
		case median < unbelievable:
			how = doubt
			todo = words{"快得不像真正落盘：请检查虚拟机磁盘缓存模式与写缓存，断电时会丢失已确认的记录", "too fast for a sync that reaches the medium: look at the cache mode of the virtual disk and at write caches; a power cut may take what was acknowledged"}
		case median > tooSlow:
			how, todo = doubt, words{"每条命令都要等待一次同步，请换用更快的磁盘", "every command waits for a sync: use a faster disk"}
		}
		findings = append(findings, found("DISK-SYNC", how, d.flag+" "+d.dir,
			words{fmt.Sprintf("写入并同步 1 KiB：中位 %v，最慢 %v", median, worst), fmt.Sprintf("to append and sync 1 KiB takes %v in the median, %v at worst", median, worst)}, todo))
	}
	return append(findings, examineBarriers(cfg)...)
}

func measureSync(dir string) (median, worst time.Duration, err error) {
	file, err := os.CreateTemp(dir, ".ledgerd-doctor-*")
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, file.Close(), os.Remove(file.Name())) }()
	kib := make([]byte, 1<<10)
	var took []time.Duration
	for range syncRounds {
		began := time.Now()
		if _, err := file.Write(kib); err != nil {
			return 0, 0, err
		}
		if err := file.Sync(); err != nil {
			return 0, 0, err
		}
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	return took[syncRounds/2].Round(time.Microsecond), took[syncRounds-1].Round(time.Microsecond), nil
}

// examineBarriers looks for the two ways in which a sync is switched off by name.
func examineBarriers(cfg Config) (findings []finding) {
	if preload := os.Getenv("LD_PRELOAD"); strings.Contains(preload, "eatmydata") {
		findings = append(findings, found("DISK-BARRIER", broken, "LD_PRELOAD", words{"eatmydata 取消了同步", "eatmydata takes the syncs away"},
			words{"请去掉 LD_PRELOAD", "unset LD_PRELOAD"}))
	}
	mounts, err := os.ReadFile("/proc/self/mounts")
	if err != nil {
		return append(findings, unseen("DISK-BARRIER", "/proc/self/mounts", err))
	}
	for _, d := range onDisk(cfg) {
		if options := mountOptions(string(mounts), d.dir); slices.Contains(options, "nobarrier") || slices.Contains(options, "barrier=0") {
			findings = append(findings, found("DISK-BARRIER", broken, d.flag+" "+d.dir,
				words{"挂载选项 nobarrier：同步不到达介质", "mounted with nobarrier: a sync does not reach the medium"},
				words{"请去掉该挂载选项", "mount it without that option"}))
		}
	}
	return findings
}

// mountOptions are those of the mount that a directory lies on, the longest path above it.
func mountOptions(mounts, dir string) (options []string) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil
	}
	longest := ""
	for line := range strings.Lines(mounts) {
		words := strings.Fields(line)
		if len(words) < 4 || len(words[1]) < len(longest) {
			continue
		}
		if at := words[1]; at == dir || strings.HasPrefix(dir, strings.TrimSuffix(at, "/")+"/") {
			longest, options = at, strings.Split(words[3], ",")
		}
	}
	return options
}
