package jetlog

import (
	"fmt"
	"log/slog"
	"sync"
)

// brokerLog passes on what the broker warns about. Its notices and traces are not for operators of
// a ledger.
type brokerLog struct {
	logger *slog.Logger

	mu    sync.Mutex
	fatal string
}

func (l *brokerLog) Warnf(format string, v ...any) {
	l.logger.Warn("broker: " + fmt.Sprintf(format, v...))
}

func (l *brokerLog) Errorf(format string, v ...any) {
	l.logger.Error("broker: " + fmt.Sprintf(format, v...))
}

// Fatalf keeps the reason for whoever started the broker: an embedded one does not end the process.
func (l *brokerLog) Fatalf(format string, v ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.fatal = fmt.Sprintf(format, v...)
}

// reason is why the broker gave up, empty when it did not.
func (l *brokerLog) reason() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.fatal
}

func (*brokerLog) Noticef(string, ...any) {}
func (*brokerLog) Debugf(string, ...any)  {}
func (*brokerLog) Tracef(string, ...any)  {}
