package torture

import (
	"os"
	"strconv"
	"strings"
)

// isZombie tells whether a process has ended and nobody has asked how.
func isZombie(pid int) bool {
	text, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return false // another system: the signal has to do
	}
	_, after, _ := strings.Cut(string(text), ") ")
	return strings.HasPrefix(after, "Z")
}
