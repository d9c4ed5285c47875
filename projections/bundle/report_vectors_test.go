package bundle

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/big"
	"os"
	"slices"
	"strings"
	"testing"
)

// testVectors holds what verifies in the browser to the vectors that hold events/proof, and both
// ways of verifying Ed25519 to RFC 8032 and to what must not be accepted.
func testVectors(t *testing.T, b *browser) {
	content := map[string]any{"ed25519": signatureVectors(t), "policies": policyVectors(t)}
	for _, name := range []string{"leaf", "tree", "note", "tlogproof"} {
		text, err := os.ReadFile("../../events/proof/testdata/" + name + ".json")
		if err != nil {
			t.Fatal(err)
		}
		content[name] = json.RawMessage(text)
	}
	data, err := json.Marshal(content)
	if err != nil {
		t.Fatal(err)
	}
	script, err := reportScript(reportProofScripts)
	if err != nil {
		t.Fatal(err)
	}
	driver, err := os.ReadFile("testdata/report/vectors.js")
	if err != nil {
		t.Fatal(err)
	}
	html := fmt.Sprintf("<!doctype html><html data-verdict=verifying><meta charset=utf-8><script type=application/json id=data>%s</script><script type=module>%s\n%s</script>", data, script, driver)
	got := b.open(t, []byte(html)).verdict()
	if got.Fault != "" {
		t.Error(got.Fault)
	}
	if want := "237"; got.Bad != want {
		t.Errorf("%s comparisons, want %s", got.Bad, want)
	}
}

type signatureVector struct {
	Name      string `json:"name"`
	Key       []byte `json:"key"`
	Message   []byte `json:"message"`
	Signature []byte `json:"signature"`
	Valid     bool   `json:"valid"`
}

// signatureVectors are those of RFC 8032, 7.1, and what becomes of the second one when it is damaged.
// crypto/ed25519 judges each the same.
func signatureVectors(t testing.TB) []signatureVector {
	t.Helper()
	list := []signatureVector{
		rfc8032(t, "RFC 8032 test 1", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
			"e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
		rfc8032(t, "RFC 8032 test 2", "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
			"92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
		rfc8032(t, "RFC 8032 test 3", "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
			"6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"),
	}
	for i := range byte(6) {
		key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{i}, ed25519.SeedSize))
		message := bytes.Repeat([]byte{'m'}, 50*int(i))
		list = append(list, signatureVector{
			Name: fmt.Sprintf("signed by crypto/ed25519, %d bytes", len(message)),
			Key:  key.Public().(ed25519.PublicKey), Message: message, Signature: ed25519.Sign(key, message), Valid: true,
		})
	}
	damaged := func(name string, damage func(v *signatureVector)) {
		v := list[1]
		v.Name, v.Valid, v.Key, v.Message, v.Signature = name, false, slices.Clone(v.Key), slices.Clone(v.Message), slices.Clone(v.Signature)
		damage(&v)
		list = append(list, v)
	}
	damaged("another message", func(v *signatureVector) { v.Message[0] ^= 1 })
	damaged("another R", func(v *signatureVector) { v.Signature[0] ^= 1 })
	damaged("another S", func(v *signatureVector) { v.Signature[32] ^= 1 })
	damaged("another key", func(v *signatureVector) { v.Key = list[0].Key })
	damaged("S written a second way", func(v *signatureVector) { addOrder(v.Signature[32:]) })
	damaged("a key that is no point", func(v *signatureVector) { v.Key[0] ^= 1 })
	for _, v := range list {
		if ed25519.Verify(v.Key, v.Message, v.Signature) != v.Valid {
			t.Errorf("%s: crypto/ed25519 says otherwise", v.Name)
		}
	}
	return list
}

func rfc8032(t testing.TB, name, key, message, signature string) signatureVector {
	t.Helper()
	decoded := func(text string) []byte {
		b, err := hex.DecodeString(text)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	return signatureVector{Name: name, Valid: true, Key: decoded(key), Message: decoded(message), Signature: decoded(signature)}
}

// addOrder adds the order of the group to a little-endian number: the same scalar, not canonical.
func addOrder(scalar []byte) {
	order, _ := new(big.Int).SetString("7237005577332262213973186563042994240857116359379907606001950938285454250989", 10)
	slices.Reverse(scalar)
	new(big.Int).Add(new(big.Int).SetBytes(scalar), order).FillBytes(scalar)
	slices.Reverse(scalar)
}

// policyVectors are the rules of ParsePolicy in events/proof, which its own tests hold to the same.
func policyVectors(t testing.TB) any {
	v := readReportVectors(t)
	log, witness := "log "+v.Log.Vkey+"\n", "witness w1 "+v.Witness.Vkey
	accept := []string{
		"quorum none\n", "# whom I trust\n\n \t# more\n" + log + "quorum none\n",
		log + witness + " https://witness.example/w1\nquorum w1\n", log + witness + "\ngroup g any w1\nquorum g\n",
		log + witness + "\ngroup g 1 w1\ngroup h all g\nquorum h\n", "log\t " + v.Log.Vkey + "  https://ledger.example.org \nquorum none\n",
	}
	reject := []string{
		"", log, log + "quorum none", log + "quorum none\nquorum none\n", log + "quorum w1\n", log + log + "quorum none\n",
		log + witness + "\n" + witness + "\nquorum w1\n", log + witness + "\nwitness w2 " + v.Witness.Vkey + "\nquorum w1\n",
		log + "witness none " + v.Witness.Vkey + "\nquorum none\n", log + witness + "\ngroup g 2 w1\nquorum g\n",
		log + witness + "\ngroup g 0 w1\nquorum g\n", log + witness + "\ngroup g 01 w1\nquorum g\n", log + witness + "\ngroup g all w1 w1\nquorum g\n",
		log + witness + "\ngroup g all w1\ngroup h all w1\nquorum g\n", log + "quorum none\r\n", "log " + v.Witness.Vkey + "\nquorum none\n",
		"witness w1 " + v.Log.Vkey + "\nquorum w1\n", "logs " + v.Log.Vkey + "\nquorum none\n", log + "quorum none none\n",
		"log " + strings.Replace(v.Log.Vkey, "+5", "+6", 1) + "\nquorum none\n",
	}
	return map[string][]string{"accept": accept, "reject": reject}
}
