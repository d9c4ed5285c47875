package bundle

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// A browser is a headless Chromium that is driven over its debugging pipe, as its developer tools
// would: nothing listens on a port, and every answer is waited for.
type browser struct {
	command *exec.Cmd
	in      io.WriteCloser
	gone    chan struct{} // closed when it says nothing more

	mu      sync.Mutex
	next    int
	waiting map[int]chan toolsAnswer
	asked   []string // addresses that pages asked for
	broken  error
}

type toolsAnswer struct {
	ID     int             `json:"id"`
	Method string          `json:"method"`
	Result json.RawMessage `json:"result"`
	Error  *struct {
		Message string `json:"message"`
	} `json:"error"`
	Params struct {
		Request struct {
			URL string `json:"url"`
		} `json:"request"`
	} `json:"params"`
}

var errNoBrowser = errors.New("chromium is not installed")

// browserOf starts Chromium for a test and those within it. Without Chromium the test is skipped,
// unless CI_BROWSER says that it must be there.
func browserOf(t *testing.T) *browser {
	t.Helper()
	b, err := startBrowser(t.TempDir())
	if errors.Is(err, errNoBrowser) && os.Getenv("CI_BROWSER") == "" {
		t.Skip("chromium is not installed: report.html is not tried in a browser; CI_BROWSER=1 makes this a failure")
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.stop(); err != nil {
			t.Error(err)
		}
	})
	return b
}

func startBrowser(profile string) (*browser, error) {
	var program string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			program = path
			break
		}
	}
	if program == "" {
		return nil, errNoBrowser
	}
	fromUs, in, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	out, toUs, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	b := &browser{in: in, gone: make(chan struct{}), waiting: map[int]chan toolsAnswer{}}
	b.command = exec.Command(program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
		"--disable-component-update", "--disable-default-apps", "--no-first-run", "--disable-dev-shm-usage",
		"--hide-scrollbars", "--lang=en", "--user-data-dir="+profile, "--remote-debugging-pipe", "about:blank")
	b.command.ExtraFiles = []*os.File{fromUs, toUs} // 3: it reads, 4: it writes
	if err := b.command.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", program, err)
	}
	for _, theirs := range []*os.File{fromUs, toUs} {
		if err := theirs.Close(); err != nil {
			return nil, err
		}
	}
	go b.listen(out)
	return b, nil
}

// listen hands every answer to whom it belongs; messages end with a zero byte.
func (b *browser) listen(out io.Reader) {
	reader := bufio.NewReader(out)
	for {
		message, err := reader.ReadBytes(0)
		var a toolsAnswer
		if err == nil {
			err = json.Unmarshal(message[:len(message)-1], &a)
		}
		b.mu.Lock()
		if err != nil {
			b.broken = fmt.Errorf("the browser is gone: %w", err)
			for _, waiting := range b.waiting {
				close(waiting)
			}
			b.mu.Unlock()
			close(b.gone)
			return
		}
		if a.Method == "Network.requestWillBeSent" {
			b.asked = append(b.asked, a.Params.Request.URL)
		}
		if waiting, ok := b.waiting[a.ID]; ok {
			delete(b.waiting, a.ID)
			waiting <- a
		}
		b.mu.Unlock()
	}
}

// stop asks the browser to end, so that it leaves its directory in peace, and waits until it has.
func (b *browser) stop() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if _, err := b.call(ctx, "", "Browser.close", struct{}{}); err != nil {
		return err
	}
	<-b.gone
	return errors.Join(b.command.Wait(), b.in.Close())
}

// call sends one command and waits for its answer.
func (b *browser) call(ctx context.Context, session, method string, params any) (json.RawMessage, error) {
	b.mu.Lock()
	if b.broken != nil {
		defer b.mu.Unlock()
		return nil, b.broken
	}
	b.next++
	id, waiting := b.next, make(chan toolsAnswer, 1)
	b.waiting[id] = waiting
	b.mu.Unlock()
	message, err := json.Marshal(map[string]any{"id": id, "method": method, "params": params, "sessionId": session})
	if err != nil {
		return nil, err
	}
	if session == "" {
		message = []byte(strings.Replace(string(message), `,"sessionId":""`, "", 1))
	}
	if _, err := b.in.Write(append(message, 0)); err != nil {
		return nil, err
	}
	select {
	case a, ok := <-waiting:
		switch {
		case !ok:
			return nil, fmt.Errorf("%s: the browser is gone", method)
		case a.Error != nil:
			return nil, fmt.Errorf("%s: %s", method, a.Error.Message)
		}
		return a.Result, nil
	case <-ctx.Done():
		return nil, fmt.Errorf("%s: %w", method, ctx.Err())
	}
}

// A tab shows one page.
type tab struct {
	t       *testing.T
	browser *browser
	session string
	path    string // of the file it shows
}

// open shows a page in a tab of its own.
func (b *browser) open(t *testing.T, html []byte) *tab {
	t.Helper()
	p := b.blank(t)
	p.show(html)
	return p
}

// blank is an empty tab of 1366 by 768 whose network is cut off.
func (b *browser) blank(t *testing.T) *tab {
	t.Helper()
	p := &tab{t: t, browser: b}
	var target struct {
		TargetID string `json:"targetId"`
	}
	p.call("Target.createTarget", map[string]any{"url": "about:blank"}, &target)
	var attached struct {
		SessionID string `json:"sessionId"`
	}
	p.call("Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &attached)
	p.session = attached.SessionID
	t.Cleanup(func() {
		p.session = ""
		p.call("Target.closeTarget", map[string]any{"targetId": target.TargetID}, nil)
	})
	p.call("Network.enable", map[string]any{}, nil)
	p.call("Page.enable", map[string]any{}, nil)
	p.call("Network.emulateNetworkConditions", map[string]any{"offline": true, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}, nil)
	p.call("Emulation.setDeviceMetricsOverride", map[string]any{"width": 1366, "height": 768, "deviceScaleFactor": 1, "mobile": false}, nil)
	return p
}

// show opens a page from disk.
func (p *tab) show(html []byte) {
	p.t.Helper()
	p.path = filepath.Join(p.t.TempDir(), "report.html")
	if err := os.WriteFile(p.path, html, 0o600); err != nil {
		p.t.Fatal(err)
	}
	p.call("Page.navigate", map[string]any{"url": (&url.URL{Scheme: "file", Path: p.path}).String()}, nil)
}

func (p *tab) call(method string, params, result any) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	answer, err := p.browser.call(ctx, p.session, method, params)
	if err == nil && result != nil {
		err = json.Unmarshal(answer, result)
	}
	if err != nil {
		p.t.Fatal(err)
	}
}

// eval is the value of an expression; a promise is waited for.
func eval[T any](p *tab, expression string) T {
	p.t.Helper()
	var reply struct {
		Result struct {
			Value T `json:"value"`
		} `json:"result"`
		ExceptionDetails *struct {
			Exception struct {
				Description string `json:"description"`
			} `json:"exception"`
		} `json:"exceptionDetails"`
	}
	p.call("Runtime.evaluate", map[string]any{"expression": expression, "awaitPromise": true, "returnByValue": true}, &reply)
	if reply.ExceptionDetails != nil {
		p.t.Fatalf("%.80s: %s", expression, reply.ExceptionDetails.Exception.Description)
	}
	return reply.Result.Value
}

// judged is what the page leaves in its attributes once it has a verdict.
type judged struct{ Verdict, Trust, Bad, Fault string }

// verdict waits for the page to have one.
func (p *tab) verdict() judged {
	p.t.Helper()
	return eval[judged](p, `new Promise((resolve) => {
		const see = () => {
			const { verdict, trust, bad, fault } = document.documentElement?.dataset ?? {};
			if (decodeURIComponent(location.pathname) === `+strconv.Quote(p.path)+` && verdict && verdict !== 'verifying') resolve({ verdict, trust, bad, fault });
			return verdict;
		};
		new MutationObserver(see).observe(document, { attributes: true, childList: true, subtree: true });
		see();
	})`)
}
