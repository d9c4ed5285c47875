package proof_test

import (
	"crypto/sha256"
	"fmt"
	"time"

	"starledger/events/proof"
)

// The leaves of the first two events of a case: the second names the first by its leaf hash.
func ExampleLeaf_Append() {
	var salt [32]byte
	for i := range salt {
		salt[i] = byte(i)
	}
	body := []byte(`{"specversion":"1.0"}`)
	leaf := proof.Leaf{
		Seq: 1, CaseSeq: 1,
		Time: time.Date(2026, 11, 1, 2, 1, 59, 999_999_000, time.UTC),
		Case: proof.CaseCommitment(salt, "01JD3Z0000000000000000000C"),
		Body: sha256.Sum256(body),
	}
	first, err := leaf.Append(nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	leaf.Seq, leaf.CaseSeq, leaf.Prev = 3, 2, proof.LeafHash(first)
	leaf.Time = leaf.Time.Add(time.Microsecond)
	record, err := leaf.Append(nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%s", record)
	// Output:
	// starledger-leaf/v1
	// seq 3
	// time 2026-11-01T02:02:00.000000Z
	// case 9CDKyfRFP2NBs-hI_4gtn412lm_cuMpHjwsYsIloukI
	// caseseq 2
	// prev 88zmP9xTn7IqvY91r2Y7qNaaewKE0EYnamIWFHdl5UU=
	// body sha256:9deb03778ce6ca46060ad6ed605491ca185d89d8979eca334e11c55ac60e11d8
}
