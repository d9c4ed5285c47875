package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"

	"starledger/events/jetlog/natstest"
	"starledger/events/seal"
)

// The tests run the real program as a process of its own: the test binary, told by this variable
// to be ledgerd instead.
const beLedgerd = "STARLEDGER_TEST_BE_LEDGERD"

// builtLedgerd names the program as it is shipped, for tests that start it hundreds of times: under
// the race detector the test binary takes ten times as long to start.
const builtLedgerd = "STARLEDGER_TEST_LEDGERD"

// built is a directory with both programs as they are shipped. Until the test ends, program runs
// that ledgerd.
func built(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	build := exec.Command("go", "build", "-o", dir, ".", "../ledgerctl")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if text, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build the programs: %v\n%s", err, text)
	}
	t.Setenv(builtLedgerd, filepath.Join(dir, "ledgerd"))
	return dir
}

func TestMain(m *testing.M) {
	if os.Getenv(beLedgerd) != "" {
		main()
		return
	}
	code := m.Run()
	natstest.CleanUp()
	os.Exit(code)
}

// process is a running ledgerd.
type process struct {
	t      testing.TB
	cmd    *natstest.Mortal
	url    string
	ops    string
	stderr *transcript
	drawn  chan struct{} // closed when stderr has ended
}

// transcript is what a process printed. It can be read while the process runs and prints.
type transcript struct {
	mu   sync.Mutex
	text strings.Builder
}

func (t *transcript) Write(text []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.text.Write(text)
}

func (t *transcript) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.text.String()
}

const officerToken = "officer-token-for-tests"

// tokensFile makes a tokens file with one case officer.
func tokensFile(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "tokens.json")
	text := fmt.Sprintf(`[{"token":%q,"actor":"wang","name":"王","organization":"示例","roles":["case_officer"]}]`, officerToken)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

var serving = regexp.MustCompile(`msg=serving api=(\S+) ops=(\S+)`)

func program(args ...string) *exec.Cmd {
	if built := os.Getenv(builtLedgerd); built != "" {
		return exec.Command(built, args...)
	}
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), beLedgerd+"=1")
	return cmd
}

// startProcess starts ledgerd and returns when it serves.
func startProcess(t testing.TB, args ...string) *process {
	t.Helper()
	p := &process{t: t, stderr: &transcript{}, drawn: make(chan struct{})}
	cmd := program(append([]string{"serve", "--listen", "127.0.0.1:0", "--ops", "127.0.0.1:0"}, args...)...)
	pipe, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if p.cmd, err = natstest.StartMortal(cmd); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.kill)
	lines := bufio.NewScanner(pipe)
	for p.url == "" && lines.Scan() {
		fmt.Fprintln(p.stderr, lines.Text())
		if found := serving.FindStringSubmatch(lines.Text()); found != nil {
			p.url, p.ops = found[1], found[2]
		}
	}
	go func() {
		defer close(p.drawn)
		for lines.Scan() {
			fmt.Fprintln(p.stderr, lines.Text())
		}
	}()
	if p.url == "" {
		<-p.drawn
		t.Fatalf("ledgerd did not start:\n%s", p.stderr)
	}
	return p
}

// kill ends the process at once, as a power cut would end it.
func (p *process) kill() {
	if p.cmd.ProcessState != nil {
		return
	}
	if err := p.cmd.Process.Kill(); err != nil {
		p.t.Error(err)
	}
	<-p.drawn
	_ = p.cmd.Wait() // "signal: killed" is what was asked for
}

// stop ends the process in order.
func (p *process) stop() {
	p.t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Fatal(err)
	}
	<-p.drawn
	if err := p.cmd.Wait(); err != nil {
		p.t.Fatalf("ledgerd did not stop in order: %v\n%s", err, p.stderr)
	}
}

// sealed returns when everything up to a sequence is sealed, and so is in the archive.
func (p *process) sealed(dir string, seq uint64) {
	p.t.Helper()
	files, err := seal.OpenCheckpointDir(filepath.Join(dir, "checkpoints"))
	for err == nil && p.t.Context().Err() == nil {
		if _, err = files.Read(seq); !errors.Is(err, fs.ErrNotExist) {
			break
		}
		_, err = p.request(p.t.Context(), http.MethodGet, "/v1/nothing", "", "") // takes its time
	}
	if err != nil {
		p.t.Fatalf("sequence %d is not sealed: %v", seq, err)
	}
}

// answer is what a request came to.
type answer struct {
	status int
	header http.Header
	body   []byte
}

func (p *process) request(ctx context.Context, method, path, key, body string) (answer, error) {
	request, err := http.NewRequestWithContext(ctx, method, p.url+path, strings.NewReader(body))
	if err != nil {
		return answer{}, err
	}
	request.Header.Set("Authorization", "Bearer "+officerToken)
	request.Header.Set("Content-Type", "application/json")
	if key != "" {
		request.Header.Set("Idempotency-Key", key)
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

// item is a line of the NDJSON feed.
type item struct {
	Seq   uint64 `json:"seq"`
	Event struct {
		ID             string `json:"id"`
		CaseSeq        uint64 `json:"caseseq"`
		IdempotencyKey string `json:"idempotencykey"`
	} `json:"event"`
}

// ledger reads all events, of which there are at least some.
func (p *process) ledger(least int) []item {
	p.t.Helper()
	path := "/v1/events?after=0"
	if least > 0 {
		path += fmt.Sprint("&min_seq=", least)
	}
	got, err := p.request(p.t.Context(), http.MethodGet, path, "", "")
	if err != nil || got.status != http.StatusOK {
		p.t.Fatalf("read the ledger: %v %d %s", err, got.status, got.body)
	}
	var list []item
	for line := range strings.Lines(string(got.body)) {
		var i item
		if err := json.Unmarshal([]byte(line), &i); err != nil {
			p.t.Fatalf("%v in %s", err, line)
		}
		list = append(list, i)
	}
	return list
}

const openCase = `{"kind":"certification","scheme":"gbt27922-2011","organization":{"name":"晨光"},"scope":"家电售后"}`
const returnApplication = `{"outcome":"returned","reason":"补充材料"}`

// openedCase is a case to post into.
func (p *process) openedCase(key string) string {
	p.t.Helper()
	got, err := p.request(p.t.Context(), http.MethodPost, "/v1/cases", key, openCase)
	if err != nil || got.status != http.StatusCreated {
		p.t.Fatalf("open a case: %v %d %s", err, got.status, got.body)
	}
	return got.header.Get("Location")
}
