package bundle

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"starledger/events/decide/decidetest"
)

func TestReportIsDeterministic(t *testing.T) {
	first, second := pageOf(t, reportOf(t, certifiedStory(t))), pageOf(t, reportOf(t, certifiedStory(t)))
	if !bytes.Equal(first, second) {
		t.Error("the same report is not the same bytes")
	}
}

// The frame of the page admits what is in it and nothing else, and names no address.
func TestReportIsClosed(t *testing.T) {
	html := string(pageOf(t, sealedReport(t, decidetest.Applied(t, "gbt27922-2011").History)))
	script, err := reportScript(reportScriptNames)
	if err != nil {
		t.Fatal(err)
	}
	policy := `content="default-src 'none'; script-src '` + cspHash(script) + `'; style-src '` + cspHash(reportStyle) + `'; base-uri 'none'; form-action 'none'"`
	if !strings.Contains(html, policy) {
		t.Errorf("the policy is not %s", policy)
	}
	if at := regexp.MustCompile(`(?i)(https?:)?//[a-z]+\.|\burl\(|@import|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|\bfetch\b|XMLHttpRequest|\bimport\b`).FindString(reportHTML + reportStyle + script); at != "" {
		t.Errorf("the page has %q", at)
	}
	if strings.Contains(script, "</") || strings.Contains(script, "<!--") || strings.Contains(reportStyle, "<") {
		t.Error("a script or the style sheet could end its own block")
	}
	for _, block := range []string{`id="words">`, `id="data">`} {
		_, content, _ := strings.Cut(html, block)
		content, _, _ = strings.Cut(content, "</script>")
		if strings.ContainsAny(content, "<>&\u2028\u2029") {
			t.Errorf("%s has a character that is not escaped", block)
		}
	}
}
