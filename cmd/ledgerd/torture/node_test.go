package torture

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"starledger/events/jetlog/natstest"
)

// node is a ledgerd process, which is started again when it has ended.
type node struct {
	t                   testing.TB
	name, data, program string
	args                []string
	clock               *clock

	mu     sync.Mutex
	cmd    *natstest.Mortal
	url    string // empty until it serves
	output strings.Builder
}

var serving = regexp.MustCompile(`msg=serving api=(\S+) ops=(\S+)`)

// begin starts the process. It need not serve yet: the servers may be down.
func (n *node) begin() {
	n.t.Helper()
	command := exec.Command(n.program, n.args...)
	command.Env = append(os.Environ(), n.clock.env())
	pipe, err := command.StderrPipe()
	must(n.t, err)
	cmd, err := natstest.StartMortal(command)
	must(n.t, err)
	n.mu.Lock()
	n.cmd, n.url = cmd, ""
	n.mu.Unlock()
	go func() {
		for lines := bufio.NewScanner(pipe); lines.Scan(); {
			n.heard(cmd, lines.Text())
		}
	}()
}

func (n *node) heard(cmd *natstest.Mortal, line string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if !strings.Contains(line, "msg=request") || strings.Contains(line, "status=500") {
		n.output.WriteString(line + "\n")
	}
	if found := serving.FindStringSubmatch(line); found != nil && n.cmd == cmd {
		n.url = found[1]
	}
}

func (n *node) said() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return tail(n.output.String())
}

// address is where the node serves, empty while it does not.
func (n *node) address() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.url
}

// kill ends the process at once.
func (n *node) kill() {
	n.mu.Lock()
	cmd := n.cmd
	n.cmd, n.url = nil, ""
	n.mu.Unlock()
	if cmd != nil {
		_ = cmd.Process.Kill() // it may have ended
		_ = cmd.Wait()         // how is for its output to tell
	}
}

func (n *node) signal(what syscall.Signal) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.cmd != nil {
		_ = n.cmd.Process.Signal(what) // it may have ended
	}
}

// restart asks the process to end in order, and starts it again.
func (n *node) restart() {
	n.signal(syscall.SIGTERM)
	n.mu.Lock()
	cmd := n.cmd
	n.mu.Unlock()
	if cmd != nil {
		_ = cmd.Wait() // without the cluster it cannot end in order
	}
	n.begin()
}

// readyWithin is how long a healed cluster may take to serve everywhere: servers elect leaders, and a
// process that could not start is started again.
const readyWithin = 2 * time.Minute

// ready returns when the node serves and is ready, starting it as often as it takes.
func (n *node) ready() {
	for until := time.Now().Add(readyWithin); time.Now().Before(until); time.Sleep(200 * time.Millisecond) {
		n.mu.Lock()
		ended := n.cmd == nil || syscall.Kill(n.cmd.Process.Pid, 0) != nil || isZombie(n.cmd.Process.Pid)
		n.mu.Unlock()
		if ended {
			n.kill()
			n.begin()
			continue
		}
		if n.address() == "" {
			continue
		}
		got, err := n.ask(context.Background(), http.MethodGet, "/v1/integrity", "", "", "")
		if err == nil && got.status == http.StatusOK {
			return
		}
	}
	n.t.Errorf("%s does not serve:\n%s", n.name, n.said())
}

// answer is what a request came to.
type answer struct {
	status int
	header http.Header
	body   []byte
}

const requestWithin = 15 * time.Second

// ask sends a request. An error means that nobody knows what became of it.
func (n *node) ask(ctx context.Context, method, path, key, ifMatch, body string) (answer, error) {
	ctx, cancel := context.WithTimeout(ctx, requestWithin)
	defer cancel()
	url := n.address()
	if url == "" {
		url = "http://127.0.0.1:1" // refuses
	}
	request, err := http.NewRequestWithContext(ctx, method, url+path, strings.NewReader(body))
	if err != nil {
		return answer{}, err
	}
	request.Header.Set("Authorization", "Bearer "+token)
	request.Header.Set("Content-Type", "application/json")
	if key != "" {
		request.Header.Set("Idempotency-Key", key)
	}
	if ifMatch != "" {
		request.Header.Set("If-Match", ifMatch)
	}
	if strings.HasPrefix(path, "/v1/events?") {
		request.Header.Set("Accept", "application/x-ndjson")
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return answer{}, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	return answer{response.StatusCode, response.Header, text}, err
}
