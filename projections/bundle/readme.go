package bundle

import (
	_ "embed"
	"strconv"
	"strings"

	"starledger/events"
	"starledger/events/proof"
)

// A Language is one of the two the ledger speaks.
type Language string

const (
	zh Language = "zh"
	en Language = "en"
)

//go:embed readme.zh.md
var readmeTextZH string

//go:embed readme.en.md
var readmeTextEN string

// facts are what a README says of its bundle.
type facts struct {
	checkpoint proof.Checkpoint
	id         events.CaseID
	profile    Profile
}

func factsOf(c proof.Checkpoint, id events.CaseID, p Profile) facts { return facts{c, id, p} }

// readme is the page that tells how to check the bundle by hand. All that it says follows from the
// checkpoint, so a verifier can write it again and compare.
func readme(l Language, f facts) []byte {
	text := readmeTextEN
	if l == zh {
		text = readmeTextZH
	}
	fill := strings.NewReplacer(
		"{origin}", f.checkpoint.Origin, "{case}", string(f.id), "{profile}", string(f.profile),
		"{size}", strconv.FormatUint(f.checkpoint.Size, 10), "{root}", f.checkpoint.Root.String(),
	)
	return []byte(fill.Replace(text))
}
