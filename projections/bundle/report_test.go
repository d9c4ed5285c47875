package bundle

import "testing"

// TestReportInBrowser opens report.html from disk in a real browser, without a network.
func TestReportInBrowser(t *testing.T) {
	b := browserOf(t)
	for _, test := range []struct {
		name string
		run  func(*testing.T, *browser)
	}{
		{"vectors", testVectors},
		{"sound", testSound},
		{"contents", testContents},
		{"plain integers", testPlainly},
		{"sentences", testSentences},
		{"screens", testScreens},
		{"long", testLong},
		{"broken", testBroken},
		{"sealed wrong", testSealedWrong},
		{"registry", testRegistry},
		{"own policy", testPolicy},
		{"hostile", testHostile},
		{"policy file", testPolicyFile},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, b) })
	}
}
