package api

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// serveOutlet lets a handler write to an outlet and reports what it returned.
func serveOutlet(t *testing.T, patience time.Duration, write func(*outlet) error) (url string, returned <-chan error) {
	t.Helper()
	done := make(chan error, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		done <- write(newOutlet(w, patience))
	}))
	t.Cleanup(server.Close)
	return server.URL, done
}

// A reader that does not read is given up; what it holds up is one buffer.
func TestOutletGivesUpOnAReaderThatDoesNotRead(t *testing.T) {
	url, returned := serveOutlet(t, 50*time.Millisecond, func(o *outlet) error {
		for {
			if err := o.item(Item{Event: make([]byte, 32<<10)}); err != nil {
				return err
			}
		}
	})
	answer, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var gone *goneError
	if err := <-returned; !errors.As(err, &gone) {
		t.Errorf("it ended with %v", err)
	}
}

// Half a feed does not look like a whole one.
func TestOutletCutsWhatIsBroken(t *testing.T) {
	broken := errors.New("the log is damaged")
	url, returned := serveOutlet(t, time.Second, func(o *outlet) error {
		return errors.Join(o.item(Item{1, "sha256:1", rawJSON(`"one"`)}), o.flush(), o.broken(broken))
	})
	answer, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if string(text) != "{\"seq\":1,\"digest\":\"sha256:1\",\"event\":\"one\"}\n" || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("the reader got %q, %v", text, err)
	}
	if err := <-returned; !errors.Is(err, broken) {
		t.Errorf("it ended with %v", err)
	}
}

// What breaks before anything was sent can still be answered as a problem.
func TestOutletThatHasNotBegunStaysOpen(t *testing.T) {
	url, returned := serveOutlet(t, time.Second, func(o *outlet) error { return o.broken(nil) })
	answer, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if text, err := io.ReadAll(answer.Body); len(text) > 0 || err != nil {
		t.Errorf("the reader got %q, %v", text, err)
	}
	<-returned
}
