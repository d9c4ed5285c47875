package api

import (
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
)

// Every path is found by the requests for it, and few others are tried with its expression.
func TestPathsAreToldApartAtAGlance(t *testing.T) {
	variable, tried, all := regexp.MustCompile(`{\w+}`), 0, byPath(routes())
	for _, on := range all {
		for _, value := range []string{"x", "x.y-1", "{x}"} {
			r := httptest.NewRequest(on[0].method, "/", nil)
			r.URL.Path = variable.ReplaceAllLiteralString(strings.Replace(on[0].path, "{tile}", "0/x001/000", 1), value)
			if !alike(strings.Replace(on[0].path, "{tile}", tilePath, 1))(r, nil) {
				t.Errorf("%s is not found at %s", on[0].name, r.URL.Path)
			}
			for _, other := range all {
				if value == "x" && alike(strings.Replace(other[0].path, "{tile}", tilePath, 1))(r, nil) {
					tried++
				}
			}
		}
	}
	if most := 3 * len(all); tried > most {
		t.Errorf("%d expressions are tried for %d paths", tried, len(all))
	}
	t.Logf("%d expressions for %d paths", tried, len(all))
}
