"""A second verifier of audit bundles: python3 alone, short enough to be read, with rescore.py beside it. Usage: python3 verify.py policy.txt bundle.zip...
It prints a line for each check that fails, under the code that ledgerctl verify gives it. Exit 0 sound, 3 broken."""
import base64, datetime, functools, hashlib, itertools, json, re, sys, zipfile
import rescore
H, b64, P, L = lambda b: hashlib.sha256(b).digest(), base64.b64decode, 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
inverse, number = lambda a: pow(a, -1, P), lambda raw: int.from_bytes(raw, 'little')  # Ed25519 from here on: RFC 8032, 5.1
D = -121665 * inverse(121666)
def plus(p, q):
    (a, b), (c, d) = p, q
    return (a * d + b * c) * inverse(1 + D * a * b * c * d) % P, (b * d + a * c) * inverse(1 - D * a * b * c * d) % P
def times(k, p): return plus(times(k >> 1, plus(p, p)), p if k & 1 else (0, 1)) if k else (0, 1)
def point(raw):
    y = number(raw) & (1 << 255) - 1
    u = (y * y - 1) * inverse(D * y * y + 1) % P
    x = next((x for x in (pow(u, (P + 3) // 8, P) * i % P for i in (1, pow(2, (P - 1) // 4, P))) if (x * x - u) % P == 0 and y < P))
    return x if x & 1 == raw[31] >> 7 else P - x, y
@functools.cache
def signed(key, message, signature):
    k, base = number(hashlib.sha512(signature[:32] + key + message).digest()), point((4 * inverse(5) % P).to_bytes(32, 'little'))
    return number(signature[32:]) < L and times(number(signature[32:]), base) == plus(point(signature[:32]), times(k % L, point(key)))
def policy(text):  # C2SP tlog-policy: keys of logs and witnesses, groups, quorum
    lines = [l.split() for l in text.split('\n') if l.strip() and l[0] != '#']
    of = lambda word: [w[1:] for w in lines if w[0] == word]
    groups = {w[0]: ({'all': len(w) - 2, 'any': 1}.get(w[1]) or int(w[1]), w[2:]) for w in of('group')}
    return {w[0].split('+')[0]: w[0].split('+', 2) for w in of('log')}, {w[0]: w[1].split('+', 2) for w in of('witness')}, groups, of('quorum')[0][0]
def judge(note, trust):  # origin, size, root, and when the quorum was complete: None when it is not, 0 without witnesses
    (logs, witnesses, groups, quorum), (text, lines) = trust, note.split('\n\n')
    origin, size, root = text.split('\n')
    assert text == '%s\n%d\n%s' % (origin, int(size), base64.b64encode(b64(root)).decode()), 'form'
    message, at, lines = (text + '\n').encode(), {}, [l.split(' ') for l in lines.rstrip('\n').split('\n')]
    by = {(name, b64(signature)[:4].hex()): b64(signature)[4:] for _, name, signature in lines}
    assert signed(b64(logs[origin][2])[1:], message, by[origin, logs[origin][1]]), 'the log did not sign'
    for called, (name, key_id, key) in ((called, w) for called, w in witnesses.items() if tuple(w[:2]) in by):
        at[called] = int.from_bytes(by[name, key_id][:8], 'big')
        assert signed(b64(key)[1:], b'cosignature/v1\ntime %d\n' % at[called] + message, by[name, key_id][8:]), called
    def since(name):
        got = sorted(t for t in map(since, groups.get(name, (0, []))[1]) if t is not None)
        return at.get(name) if name not in groups else got[groups[name][0] - 1] if len(got) >= groups[name][0] else None
    return origin, int(size), b64(root), 0 if quorum == 'none' else since(quorum)
def verify(z, trust, check):
    names, under = z.namelist(), lambda folder: [n for n in z.namelist() if n.startswith(folder)]
    kinds = ['README.zh.md', 'README.en.md', 'policy.txt', 'checkpoint', r'checkpoints/\d+', r'tile/entries/[\dx/]+(\.p/\d+)?', r'tile/\d+/[\dx/]+(\.p/\d+)?', r'events/\d+\.json',
             r'proofs/\d+\.tlog-proof', r'schemas/[\w.]+\.json', r'schemes/\w+\.json', r'attachments/\w+', 'expected/score.json', 'report.html']
    place = lambda n: int(''.join(re.findall(r'\d', n.split('.p/')[0].split('/', 2)[2])))
    width = lambda n: int((n.split('.p/') + ['256'])[1])
    inside = lambda n: (n.split('/')[1], place(n), width(n)) if n[:4] == 'tile' else int(re.sub(r'\D', '', n)) if n[:3] in ('che', 'eve', 'pro') and '/' in n else n
    order = [([k for k, kind in enumerate(kinds) if re.fullmatch(kind, n)][0], inside(n)) for n in names]
    at = [0, *itertools.accumulate(30 + len(i.filename) + i.file_size for i in z.infolist())]
    plain = all((i.header_offset, i.date_time, i.compress_type, i.flag_bits, i.extract_version) == (a, (1980, 1, 1, 0, 0, 0), 0, 0, 20) for i, a in zip(z.infolist(), at))
    sorts, size = all(a < b for a, b in zip(order, order[1:])), 22 + at[-1] + sum(46 + len(n) for n in names)
    check('archive', sorts and plain and {k for k in kinds if k in names} >= {k for k in kinds if '\\' not in k} and z.fp.seek(0, 2) == size and not z.testzip())
    origin, size, root, quorum = check('checkpoint') and judge(z.read('checkpoint').decode(), trust)
    check('checkpoint', quorum is not None) and check('events')
    events = [(int(n[7:-5]), z.read(n), json.loads(z.read(n))) for n in sorted(under('events/'), key=lambda n: int(n[7:-5]))]
    cases, ends, leaf = {e['subject'] for _, _, e in events if e['caseseq']} - {'registry'}, {}, {}
    about = ([e['subject'] for _, _, e in events if e['type'] == 'starledger.accreditation.opened.v1'] + sorted(cases))[0]
    review = any(e['type'] == 'starledger.accreditation.opened.v1' for _, _, e in events)
    check('events', review or len(cases) == 1, cases) and check('chain')
    for seq, body, e in events:  # the leaf of each event follows from its bytes and the leaf before
        n, prev, case, digest = ends.get(e['subject'], (0, '-', '', '-'))
        check('chain', (e['caseseq'], e['prevdigest'], e['source']) == (n + 1, digest, origin), seq)
        salted = b'starledger-case/v1\0' + base64.urlsafe_b64decode(e.get('casesalt', '') + '=') + b'\0' + e['subject'].encode()
        case = case or base64.urlsafe_b64encode(H(salted)).decode()[:-1]
        leaf[seq] = H(b'\0' + ('starledger-leaf/v1\nseq %d\ntime %s\ncase %s\ncaseseq %d\nprev %s\nbody sha256:%s\n' % (
            seq, e['time'], case, n + 1, prev, H(body).hex())).encode())
        ends[e['subject']] = n + 1, base64.b64encode(leaf[seq]).decode(), case, 'sha256:' + H(body).hex()
    digest = lambda n: 'sha256:' + H(z.read(n)).hex() if n in names else 'missing'
    pinned = {e['data']['scheme']['digest'] for _, _, e in events if e['type'].endswith('audit.planned.v1')}
    load = lambda d: json.loads(z.read('schemes/%s.json' % d[7:]))
    pinned |= {load(d)['combination']['with']['digest'] for d in pinned if 'schemes/%s.json' % d[7:] in names and 'combination' in load(d)}
    used = {('schemas/%s.json' % e['type'], e['dataschema']) for _, _, e in events} | {('schemes/%s.json' % d[7:], d) for d in pinned}
    check('documents', all(digest(n) == d for n, d in used) and len(used) == len(under('schem')), soft=True)
    check('inclusion', len(under('proofs/')) == len(events))
    for seq, *_ in events:  # RFC 9162, 2.1.3.2
        head, note = z.read('proofs/%d.tlog-proof' % seq).decode().split('\n\n', 1)
        h, i, m = leaf[seq], seq - 1, size - 1
        for p in map(b64, head.split('\n')[2:]):
            right = i % 2 or i == m
            while i % 2 == 0 and i and i == m: i, m = i // 2, m // 2
            h, i, m = H(b'\1' + p + h) if right else H(b'\1' + h + p), i // 2, m // 2
        right = head.startswith('c2sp.org/tlog-proof@v1\nindex %d\n' % (seq - 1)) and note.encode() == z.read('checkpoint')
        check('inclusion', right and (h, m) == (root, 0), seq)
    leaves, tiles = [], {}
    for n in sorted(under('tile/entries/'), key=place):
        data, before = z.read(n), len(leaves)
        while data: k = 2 + data[0] * 256 + data[1]; leaves.append(data[2:k]); data = data[k:]
        check('leaves', len(leaves) - before == width(n), n)
    for n, data in ((n, z.read(n)) for n in set(under('tile/')) - set(under('tile/entries/'))):
        tiles[int(n.split('/')[1]), place(n)] = [data[k:k + 32] for k in range(0, len(data), 32)]
    hashes = [H(b'\0' + l) for l in leaves]
    fold = lambda hs: hs[0] if len(hs) == 1 else fold([H(b'\1' + hs[k] + hs[k + 1]) for k in range(0, len(hs), 2)])
    def node(level, k):  # the hash of a complete subtree
        first, wide = k << level % 8, 1 << level % 8
        return fold(hashes[k << level:k + 1 << level] if hashes else tiles[level // 8, first >> 8][first & 255:(first & 255) + wide])
    def tree(n, lo=0):
        k = n.bit_length() - 1
        return node(k, lo >> k) if n == 1 << k else H(b'\1' + node(k, lo >> k) + tree(n - (1 << k), lo + (1 << k)))
    if leaves:
        numbered = all(l.startswith(b'starledger-leaf/v1\nseq %d\n' % k) for k, l in enumerate(leaves, 1))
        check('leaves', numbered and len(leaves) == size and tree(size) == root)
        for n, _, case, _ in ends.values(): check('complete', sum(b'\ncase %s\n' % case.encode() in l for l in leaves) == n, soft=True)
    seen = [(size, quorum)] if quorum else []
    check('history') and check('history', not tiles or tree(size) == root and all(len(t) < 256 or fold(t) == tiles[l + 1, k >> 8][k & 255] for (l, k), t in tiles.items()))
    for n in under('checkpoints/'):
        name, s, r, at = judge(z.read(n).decode(), trust)
        check('history', (name, s) == (origin, int(n[12:])) and s <= size and r == tree(s), n)
        seen += [(s, at)] if at else []
    for seq, _, e in events:  # the time sandwich, with a minute of skew
        at = datetime.datetime.fromisoformat(e['time'][:-1] + '+00:00').timestamp()
        check('time', all(t - 60 <= at if s < seq else at <= t + 60 for s, t in seen), seq, soft=True)
    named = set(re.findall(rb'"(?:sha256|digest)":"sha256:([0-9a-f]{64})"', b' '.join(body for _, body, _ in events)))
    check('attachments', all(n[12:].encode() in named and digest(n)[7:] == n[12:] for n in under('attachments/')), soft=True)
    claims = rescore.claims(events, sorted(cases, key=lambda c: (c != about, c)), load, check)
    check('score', [json.loads(l) for l in z.read('expected/score.json').decode().splitlines()] == claims, soft=True)
    listed = lambda d: z.read('attachments/' + d[7:]) if 'attachments/' + d[7:] in names or review else None
    sizes = [int(n[12:]) for n in under('checkpoints/')]
    drawn = rescore.drawn(events, about, listed, sizes, lambda n: n <= size and 'sha256:' + tree(n).hex(), check)
    check('draws', not review or drawn == cases - {about}, drawn)
class Checks(dict):  # what failed; a check that is not soft ends the verification
    def __call__(self, code, ok=True, why='', soft=False):
        self.now = code
        assert ok or self.setdefault(code, why) is None or soft, why
        return True
for path in sys.argv[2:]:
    failed = Checks()
    try: failed('archive') and verify(zipfile.ZipFile(path), policy(open(sys.argv[1]).read()), failed)
    except Exception as e: failed.setdefault(failed.now, repr(e))
    for code, why in failed.items(): print(path, code, why)
    broken = globals().get('broken') or bool(failed)
sys.exit(3 if broken else 0)
