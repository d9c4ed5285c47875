"""Writes the test vectors of this folder. It shares no code with the Go package: the tree is the
recursive definition of RFC 6962, 2.1, word for word, and signatures are made by another library.

    python3 vectors.py        # needs the package "cryptography"
"""
import base64, hashlib, json
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

sha = lambda b: hashlib.sha256(b).digest()
b64 = lambda b: base64.b64encode(b).decode()
leaf_hash = lambda d: sha(b"\0" + d)


def split(n):
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def root(d):  # MTH
    if len(d) < 2:
        return leaf_hash(d[0]) if d else sha(b"")
    k = split(len(d))
    return sha(b"\1" + root(d[:k]) + root(d[k:]))


def path(m, d):  # PATH
    if len(d) == 1:
        return []
    k = split(len(d))
    return path(m, d[:k]) + [root(d[k:])] if m < k else path(m - k, d[k:]) + [root(d[:k])]


def proof(m, d, whole=True):  # PROOF
    if m == len(d):
        return [] if whole else [root(d)]
    k = split(len(d))
    return proof(m, d[:k], whole) + [root(d[k:])] if m <= k else proof(m - k, d[k:], False) + [root(d[:k])]


def commitment(salt, case):
    return base64.urlsafe_b64encode(sha(b"starledger-case/v1\0" + salt + b"\0" + case.encode())).decode().rstrip("=")


def record(seq, time, case, caseseq, prev, body):
    return f"starledger-leaf/v1\nseq {seq}\ntime {time}\ncase {case}\ncaseseq {caseseq}\nprev {prev}\nbody sha256:{body}\n"


SALT, CASE = bytes(range(32)), "01JD3Z0000000000000000000C"
C = commitment(SALT, CASE)
BODY = hashlib.sha256(b'{"specversion":"1.0"}').hexdigest()
first = record(1, "2026-11-01T02:01:59.999999Z", C, 1, "-", BODY)
prev = b64(leaf_hash(first.encode()))
second = record(3, "2026-11-01T02:02:00.000000Z", C, 2, prev, BODY)
other = record(2, "2026-11-01T02:02:00.000000Z", commitment(SALT, "registry"), 1, "-", BODY)
longest = record(2**60, "9999-12-31T23:59:59.999999Z", C, 2**60, prev, BODY)
entry = lambda name, text: {"name": name, "record": text, "hash": b64(leaf_hash(text.encode()))}
bad = lambda name, old, new: {"name": name, "record": second.replace(old, new, 1)}
leaves = {
    "salt": SALT.hex(), "case": CASE, "commitment": C, "body": BODY,
    "accept": [entry("first of a case", first), entry("second of a case", second), entry("another case", other), entry("longest", longest)],
    "reject": [
        {"name": "empty", "record": ""}, {"name": "no last newline", "record": second[:-1]}, {"name": "a line more", "record": second + "\n"},
        {"name": "longer than any leaf", "record": second + "x" * 80}, {"name": "carriage returns", "record": second.replace("\n", "\r\n")},
        bad("another version", "leaf/v1", "leaf/v2"), bad("seq 0", "seq 3", "seq 0"), bad("seq with a zero in front", "seq 3", "seq 03"),
        bad("seq with a sign", "seq 3", "seq +3"), bad("seq beyond any tree", "seq 3", "seq 1152921504606846977"), bad("seq beyond 64 bits", "seq 3", "seq 99999999999999999999"),
        bad("no seq", "seq 3\n", ""), bad("caseseq 0", "caseseq 2", "caseseq 0"), bad("caseseq above seq", "caseseq 2", "caseseq 4"), bad("caseseq not a number", "caseseq 2", "caseseq two"),
        bad("first with a previous", "caseseq 2", "caseseq 1"), bad("second without a previous", prev, "-"), bad("previous is zero", prev, b64(bytes(32))),
        bad("previous too short", prev, b64(bytes(31))), bad("previous without padding", prev, prev.rstrip("=")), bad("previous not base64", prev, "!" + prev[1:]),
        bad("30 February", "2026-11-01", "2026-02-30"), bad("second 60", "02:02:00", "02:02:60"), bad("milliseconds", ".000000Z", ".000Z"), bad("no zone", "000000Z", "000000"),
        bad("year 0", "2026", "0000"), bad("two spaces", "time ", "time  "), bad("case with padding", C, C + "="), bad("case too short", C, C[:-4]),
        bad("case in standard base64", C, "+" * 43), bad("body in capitals", BODY, BODY.upper()), bad("body too short", BODY, BODY[:-2]), bad("body not hex", BODY, "g" + BODY[1:]),
        bad("another digest", "sha256:", "sha512:"),
    ],
}

# The leaves that Certificate Transparency tests its trees with.
INPUT = [bytes.fromhex(h) for h in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")]
hashes = lambda hs: [b64(h) for h in hs]
tree = {
    "leaves": [d.hex() for d in INPUT], "roots": hashes(root(INPUT[:n]) for n in range(9)),
    "inclusion": [{"size": n, "index": m, "path": hashes(path(m, INPUT[:n]))} for n in range(1, 9) for m in range(n)],
    "consistency": [{"old": m, "size": n, "path": hashes(proof(m, INPUT[:n]))} for n in range(1, 9) for m in range(1, n + 1)],
}


class Key:
    def __init__(self, kind, name, seed):
        self.kind, self.name, self.key = bytes([kind]), name, Ed25519PrivateKey.from_private_bytes(seed)
        public = self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.id = sha(name.encode() + b"\n" + self.kind + public)[:4]
        self.vkey = f"{name}+{self.id.hex()}+{b64(self.kind + public)}"
        self.skey = f"PRIVATE+KEY+{name}+{self.id.hex()}+{b64(self.kind + seed)}"

    def sign(self, text, at=None):
        if at is None:
            signature = self.key.sign(text.encode())
        else:
            signature = at.to_bytes(8, "big") + self.key.sign(f"cosignature/v1\ntime {at}\n{text}".encode())
        return f"— {self.name} {b64(self.id + signature)}\n"


LOG = Key(1, "ledger.example.org/2026", b"L" * 32)
STRANGER = Key(1, "ledger.example.org/2025", b"S" * 32)
W = [Key(4, f"witness.example/w{i}", bytes([i]) * 32) for i in (1, 2, 3)]
T = 1793498523
text = f"{LOG.name}\n8\n{b64(root(INPUT))}\n"
POLICY = f"log {LOG.vkey} https://ledger.example.org/log\n" + "".join(f"witness w{i+1} {w.vkey}\n" for i, w in enumerate(W)) + "group two 2 w1 w2 w3\nquorum two\n"
signed = lambda *lines, t=text: t + "\n" + "".join(lines)
full = signed(LOG.sign(text), W[2].sign(text, T + 9), W[0].sign(text, T), W[1].sign(text, T + 4))


def note(name, note, outcome, cosigned=(), time=0, policy=POLICY):
    return {"name": name, "note": note, "policy": policy, "outcome": outcome, "cosigned": [{"witness": n, "time": t} for n, t in cosigned], "time": time}


# A checkpoint of a public log of July 2026 with the signatures of independent witnesses, as published.
REAL = """arche2025h1.staging.ct.transparency.dev
1432088532
U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=

— arche2025h1.staging.ct.transparency.dev zTM8sQAAAZ5W0WdjBAMARjBEAiBjW5IQf9pvsYLfQFX6hoGREPMHbdQ3urbllzalApkptQIgIpwtEroeW2BXaHAI4kJXFbon5Ch9MNL5zRNZ55lvGt0=
— arche2025h1.staging.ct.transparency.dev ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75MdhL1bfTW9g8Ei59RA23oHP7Ry1k3ZFWwQ=
— transparency.dev/DEV:witness-little-garden 2AQqhwAAAABqEiEgzgFIqqhbUoDwjMWE6UP8nd8/KYTzwZ2rhIgcqoXHAwVkjZr4AscylP3v7sEodkRAErumC2q44vdgJY096st5BQ==
— witness1.smartit.nu/witness1 pIyCDwAAAABqEiEghIp82KWebrw7/oHQwlTAm3g2RKS4+eebl8eO0WH+/iEcxZ75W3u5hNI7TOQtmJbqmNWVuE0tgh0XwzdZsDsUAQ==
— remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0WBxtqB0DrAWfBw==
— witness.stagemole.eu Z/euoAAAAABqEiEgw0i+7g2ENfDAWHmtRzCfKTHSDwYDJA2NmKeGi9Y8FtEyOUvVr+AJmIY/2TUFucgKi7lI7cUiOvKFYe/TmN9DAg==
"""
REAL_TIME = 0x6A122120
REAL_POLICY = """log arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f
witness remora remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2
witness mullvad witness.stagemole.eu+67f7aea0+BEqSG3yu9YrmcM3BHvQYTxwFj3uSWakQepafafpUqklv
witness garden transparency.dev/DEV:witness-little-garden+d8042a87+BCtusOxINQNUTN5Oj8HObRkh2yHf/MwYaGX4CPdiVEPM
witness smartit witness1.smartit.nu/witness1+a48c820f+BPSFWg9G6KPiO7QPryYO5Xq4oYJJ+kAvLKLSimDhoxMO
group all all remora mullvad garden smartit
quorum all
"""
forged = Key(4, W[0].name, b"F" * 32)
forged.id = W[0].id
bare = f"{LOG.name}\n8\n{b64(root(INPUT))}"
notes = {
    "log": {"skey": LOG.skey, "vkey": LOG.vkey}, "witness": {"skey": W[0].skey, "vkey": W[0].vkey, "seed": (b"\1" * 32).hex(), "name": W[0].name},
    "text": text, "signed": signed(LOG.sign(text)), "cosigned_at": T, "cosignature": W[0].sign(text, T),
    "judged": [
        note("a public log and its witnesses", REAL, "satisfied", [(n, REAL_TIME) for n in ("remora", "mullvad", "garden", "smartit")], REAL_TIME, REAL_POLICY),
        note("a public log, its size altered", REAL.replace("1432088532", "1432088531"), "refuted", policy=REAL_POLICY),
        note("three of two witnesses", full, "satisfied", [("w1", T), ("w2", T + 4), ("w3", T + 9)], T + 4),
        note("two of two witnesses", signed(LOG.sign(text), W[1].sign(text, T), W[2].sign(text, T)), "satisfied", [("w2", T), ("w3", T)], T),
        note("one of two witnesses", signed(LOG.sign(text), W[1].sign(text, T)), "unsatisfied", [("w2", T)]),
        note("the same witness twice", signed(LOG.sign(text), W[1].sign(text, T), W[1].sign(text, T + 1)), "unsatisfied", [("w2", T)]),
        note("no witness required", signed(LOG.sign(text)), "satisfied", policy=f"log {LOG.vkey}\nquorum none\n"),
        note("witnesses without the log", signed(W[0].sign(text, T), W[1].sign(text, T)), "refuted"),
        note("a stranger for the log", signed(STRANGER.sign(text), W[0].sign(text, T), W[1].sign(text, T)), "refuted"),
        note("another log of the policy for the log", signed(STRANGER.sign(text), W[0].sign(text, T)), "refuted", policy=f"log {STRANGER.vkey}\n" + POLICY),
        note("a forged cosignature", signed(LOG.sign(text), forged.sign(text, T), W[1].sign(text, T)), "refuted"),
        note("a cosignature with another time", signed(LOG.sign(text), W[1].sign(text, T)).replace(b64(W[1].id + T.to_bytes(8, "big"))[:16], b64(W[1].id + (T + 256).to_bytes(8, "big"))[:16]), "refuted"),
        note("a cosignature without a time", signed(LOG.sign(text), W[1].sign(text, 0)), "refuted"),
        note("a log signature in place of a cosignature", signed(LOG.sign(text), f"— {W[0].name} {b64(W[0].id + W[0].key.sign(text.encode()))}\n"), "refuted"),
        note("another root", full.replace(b64(root(INPUT)), b64(root(INPUT[:7]))), "refuted"),
        note("an extension line, signed", signed(LOG.sign(text + "more\n"), t=text + "more\n"), "malformed"),
        note("a zero in front of the size, signed", signed(LOG.sign(text.replace("\n8\n", "\n08\n")), t=text.replace("\n8\n", "\n08\n")), "malformed"),
        note("no signatures", text, "malformed"), note("cut in the middle", full[:-10], "malformed"),
    ],
    "texts_refused": [
        {"name": n, "text": t} for n, t in [
            ("empty", ""), ("no last newline", bare), ("an extension line", text + "more\n"), ("an empty origin", text[len(LOG.name):]), ("a space in the origin", " " + text),
            ("a plus in the origin", "+" + text), ("a tab in the origin", "\t" + text), ("a long origin", "x" * 256 + text), ("a negative size", text.replace("\n8\n", "\n-8\n")), ("a zero in front", text.replace("\n8\n", "\n08\n")),
            ("a size beyond any tree", text.replace("\n8\n", "\n1152921504606846977\n")), ("a short root", f"a\n8\n{b64(bytes(31))}\n"), ("a long root", f"a\n8\n{b64(bytes(33))}\n"), ("a root that is not base64", "a\n8\n!\n"),
            ("no root", "a\n8\n"), ("carriage returns", text.replace("\n", "\r\n")),
        ]
    ],
}


def tlogproof(name, outcome, index=5, of=5, hs=path(5, INPUT), checkpoint=full, extra="", edit=lambda t: t):
    body = "".join(b64(h) + "\n" for h in hs)
    return {"name": name, "outcome": outcome, "leaf": b64(leaf_hash(INPUT[of])), "text": edit(f"c2sp.org/tlog-proof@v1\n{extra}index {index}\n{body}\n{checkpoint}")}


P5 = path(5, INPUT)
proofs = {
    "policy": POLICY,
    "proofs": [
        tlogproof("a leaf of eight", "satisfied"), tlogproof("with extra data", "satisfied", extra="extra c2FsdA==\n"), tlogproof("with empty extra data", "satisfied", extra="extra \n"),
        tlogproof("too few witnesses", "unsatisfied", checkpoint=signed(LOG.sign(text))),
        tlogproof("another leaf", "refuted", of=4), tlogproof("another index", "refuted", index=4), tlogproof("a hash altered", "refuted", hs=[P5[0], P5[1], sha(P5[2])]),
        tlogproof("a hash missing", "refuted", hs=P5[:2]), tlogproof("a hash too many", "refuted", hs=P5 + [P5[0]]), tlogproof("hashes swapped", "refuted", hs=[P5[1], P5[0], P5[2]]),
        tlogproof("a stranger's checkpoint", "refuted", checkpoint=signed(STRANGER.sign(text))),
        tlogproof("an index beyond the tree", "malformed", index=8), tlogproof("a zero in front of the index", "malformed", index="05"), tlogproof("a negative index", "malformed", index=-5),
        tlogproof("64 hashes", "malformed", hs=P5 * 21 + P5[:1]), tlogproof("a short hash", "malformed", hs=[P5[0][:31]]), tlogproof("another version", "malformed", edit=lambda t: t.replace("@v1", "@v2")),
        tlogproof("no empty line", "malformed", edit=lambda t: t.replace("\n\n", "\n", 1)), tlogproof("carriage returns", "malformed", edit=lambda t: t.replace("\n", "\r\n")),
        tlogproof("extra data that is not base64", "malformed", extra="extra !\n"), tlogproof("extra data after the index", "malformed", edit=lambda t: t.replace("index 5\n", "index 5\nextra c2FsdA==\n")),
        tlogproof("no checkpoint", "malformed", checkpoint=""), tlogproof("much extra data", "malformed", extra="extra " + b64(bytes(4097)) + "\n"),
    ],
}

for name, value in ("leaf", leaves), ("tree", tree), ("note", notes), ("tlogproof", proofs):
    with open(f"{name}.json", "w") as f:
        json.dump(value, f, ensure_ascii=False, indent=1)
        f.write("\n")
