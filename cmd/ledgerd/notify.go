package main

import (
	"errors"
	"fmt"
	"net"
	"os"
)

// notifyReady tells systemd that the ledger serves (sd_notify(3), Type=notify), where it was started by
// it: only then is the unit up, however long the proof at the start has taken.
func notifyReady() error {
	socket := os.Getenv("NOTIFY_SOCKET")
	if socket == "" {
		return nil
	}
	conn, err := net.DialUnix("unixgram", nil, &net.UnixAddr{Name: socket, Net: "unixgram"})
	if err != nil {
		return fmt.Errorf("tell systemd that the ledger serves: %w", err)
	}
	_, err = conn.Write([]byte("READY=1"))
	if err = errors.Join(err, conn.Close()); err != nil {
		return fmt.Errorf("tell systemd that the ledger serves: %w", err)
	}
	return nil
}
