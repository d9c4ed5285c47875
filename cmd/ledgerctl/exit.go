package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"starledger/events"
)

// Exit codes, the same in both programs of the ledger.
const (
	exitSound    = 0
	exitFailure  = 1
	exitUsage    = 2
	exitBroken   = 3 // what the server showed is not the unbroken ledger it has to be
	exitConflict = 4
	exitDenied   = 5
)

// A usageError is a command that cannot be carried out as it was given.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

func usage(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// A brokenError is something the server showed that contradicts itself. It is an events.ErrIntegrity.
type brokenError struct{ reason string }

func (e *brokenError) Error() string        { return e.reason }
func (e *brokenError) Is(target error) bool { return target == events.ErrIntegrity }

func broken(format string, args ...any) error {
	return &brokenError{fmt.Sprintf(format, args...)}
}

// exitCode tells what became of a command.
func exitCode(err error) int {
	var wrong usageError
	var refused *problem
	switch {
	case err == nil:
		return exitSound
	case errors.As(err, &wrong):
		return exitUsage
	case errors.Is(err, events.ErrIntegrity):
		return exitBroken
	case errors.As(err, &refused):
		return refused.exitCode()
	}
	return exitFailure
}

// damaged are the codes with which a server says that it found its own ledger broken.
var damaged = []string{"integrity-broken", "ledger-stopped"}

func (p *problem) exitCode() int {
	if slices.Contains(damaged, p.Code) {
		return exitBroken
	}
	switch p.Status {
	case http.StatusConflict, http.StatusPreconditionFailed:
		return exitConflict
	case http.StatusUnauthorized, http.StatusForbidden:
		return exitDenied
	}
	return exitFailure
}

// complain tells the user what went wrong, and what to do where that is known.
func complain(w io.Writer, err error, l language) error {
	var refused *problem
	if errors.As(err, &refused) {
		return refused.tell(w, l)
	}
	var text strings.Builder
	fmt.Fprintf(&text, "ledgerctl: %s\n", plain(err.Error()))
	if advice, ok := adviceFor(err); ok {
		fmt.Fprintf(&text, "  %s  %s\n", toDo.in(l), advice.in(l))
	}
	_, failed := io.WriteString(w, text.String())
	return failed
}

func adviceFor(err error) (phrase, bool) {
	var wrong usageError
	var unsound *unsoundError
	var failed *checksFailed
	switch {
	case errors.As(err, &failed):
		return phrase{"用 ledgerctl replay 项目 查看相应记录", "see the entries with ledgerctl replay CASE"}, true
	case errors.As(err, &unsound):
		return phrase{"保留此包和输出；此包不能证明该项目", "keep the bundle and this output; it proves nothing about the case"}, true
	case errors.As(err, &wrong):
		return phrase{"用 ledgerctl 命令 --help 查看用法和示例", "see ledgerctl COMMAND --help for usage and examples"}, true
	case errors.Is(err, events.ErrIntegrity):
		return phrase{"保留此输出并告知运行方：服务器所示内容自相矛盾", "keep this output and tell the operator: what the server showed contradicts itself"}, true
	case errors.Is(err, errUnknownType):
		return phrase{"请使用与服务器同期或更新的 ledgerctl", "use a ledgerctl at least as new as the server"}, true
	case errors.Is(err, context.Canceled):
		return phrase{}, false
	case errors.Is(err, errUnreachable):
		return phrase{"请确认 ledgerd 已启动，并检查 --server 地址", "check that ledgerd is running and that --server names it"}, true
	}
	return phrase{}, false
}
