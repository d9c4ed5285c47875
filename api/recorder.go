package api

import "net/http"

// recorder remembers the status that was sent, 0 before any.
type recorder struct {
	http.ResponseWriter
	status int
}

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	return r.ResponseWriter.Write(b)
}

// deliver sends an answer that is complete, and leaves any other to the end of the request. A caller
// who is gone shows in the next write, and there is none.
func (r *recorder) deliver() {
	if r.Header().Get("Content-Length") != "" {
		_ = http.NewResponseController(r.ResponseWriter).Flush()
	}
}

// Unwrap lets http.ResponseController flush and set deadlines.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
