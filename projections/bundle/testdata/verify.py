"""A second verifier of audit bundles: python3 alone, short enough to be read. Usage: python3 verify.py policy.txt bundle.zip...
It prints a line for each check that fails, under the code that ledgerctl verify gives it. Exit 0 sound, 3 broken."""
import base64, datetime, functools, hashlib, json, re, sys, zipfile
from fractions import Fraction as F
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
def score(events, scheme, number):  # of one audit, from its events and the document of its scheme
    mine = [(e['type'].split('.', 1)[1][:-3], e['data']) for e in events if e['data'].get('audit') == number]
    said = lambda name: [d for n, d in mine if n == name]
    standing = lambda noun, key, verb: [d for d in said(noun + verb) if d[key] not in [r[key] for r in said(noun + '.revoked')]]
    points, part = {c['id']: F(c['points']) for c in scheme['clauses']}, said('audit.planned')[0].get('clauses')
    deleted = {d['clause'] for d in standing('deletion', 'deletion', '.granted')}
    counted = [c for c in points if (not part or c in part) and c not in deleted]
    latest, rates = {d['clause']: d for d in said('assessment.recorded')}, scheme['method'] == 'rating'
    lost = {c: points[c] * (100 - F(d['rating'])) / 100 for c, d in latest.items() if rates and 'rating' in d}
    for d in standing('deduction', 'deduction', '.applied'):
        share = F(1) if d['basis'] == 'qualitative' else F(d['sample']['nonconforming'], d['sample']['size'])
        lost[d['clause']] = lost.get(d['clause'], 0) + points[d['clause']] * share
    involved, loss = sum(points[c] for c in counted), sum(min(points[c], lost.get(c, 0)) for c in counted)
    specials, limit = len(standing('special_deduction', 'special', '.applied')), scheme['special_deductions']['limit']
    bonus = F(scheme['bonus']['each']) * min(len(standing('bonus', 'bonus', '.granted')), scheme['bonus']['max'])
    value = (involved - loss) / involved * F(scheme['full_marks'])
    uncapped = value - specials * F(scheme['special_deductions']['each']) + bonus
    final, assessed = min(F(scheme.get('cap', '100')), max(F(0), uncapped)), sum(c in latest and (not rates or 'rating' in latest[c]) for c in counted)
    over = specials + (limit['operator'] == '>=') > limit['count']
    reasons = ['below-minimum'] * (final < F(scheme['minimum'])) + ['special-deduction-limit'] * over
    grades = [None] + [g['id'] for g in scheme['grades'] if final >= F(g['min']) and not part and not reasons]
    undecided, text = assessed < len(counted) or bool(part), lambda f: '%d/%d' % (f.numerator, f.denominator)
    return {'involved': text(involved), 'earned': text(involved - loss), 'score': text(value), 'uncapped': text(uncapped), 'final': text(final),
            'grade': grades[-1], 'passed': None if undecided else not reasons, 'reasons': [] if undecided else reasons,
            'assessed': assessed, 'clauses': len(counted), 'provisional': assessed < len(counted), 'partial': bool(part)}
def verify(z, trust, check):
    names, under = z.namelist(), lambda folder: [n for n in z.namelist() if n.startswith(folder)]
    single = {'README.zh.md', 'README.en.md', 'policy.txt', 'checkpoint', 'expected/score.json', 'report.html'}
    known = r'checkpoints/\d+|tile/[\w/.]+|events/\d+\.json|proofs/\d+\.tlog-proof|schemas/[\w.]+\.json|schemes/\w+\.json|attachments/\w+'
    known, size = all(re.fullmatch(known, n) for n in set(names) - single), 22 + sum(76 + 2 * len(i.filename) + i.file_size for i in z.infolist())
    check('archive', known and single <= set(names) and len(set(names)) == len(names) and z.fp.seek(0, 2) == size and not z.testzip())
    origin, size, root, quorum = check('checkpoint') and judge(z.read('checkpoint').decode(), trust)
    check('checkpoint', quorum is not None) and check('events')
    events = [(int(n[7:-5]), z.read(n), json.loads(z.read(n))) for n in sorted(under('events/'), key=lambda n: int(n[7:-5]))]
    cases, ends, leaf = {e['subject'] for _, _, e in events if e['caseseq']} - {'registry'}, {}, {}
    check('events', len(cases) == 1, cases) and check('chain')
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
    place = lambda n: int(''.join(re.findall(r'\d', n.split('.p/')[0].split('/', 2)[2])))
    leaves, tiles = [], {}
    for n in sorted(under('tile/entries/'), key=place):
        data, before = z.read(n), len(leaves)
        while data: k = 2 + data[0] * 256 + data[1]; leaves.append(data[2:k]); data = data[k:]
        check('leaves', len(leaves) - before == int((n.split('.p/') + ['256'])[1]), n)
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
    named = set(re.findall(rb'"sha256":"sha256:([0-9a-f]{64})"', b' '.join(body for _, body, _ in events)))
    check('attachments', all(n[12:].encode() in named and digest(n)[7:] == n[12:] for n in under('attachments/')), soft=True)
    mine = [e for _, _, e in events if e['subject'] in cases and check('score')]
    plans = {e['data']['audit']: e['data']['scheme'] for e in mine if e['type'].endswith('audit.planned.v1')}
    at = lambda n, k: score(mine[:n], json.loads(z.read('schemes/%s.json' % plans[k]['digest'][7:])), k)
    claims = {'format': 'starledger-score/v1', 'case': mine[0]['subject'], 'case_seq': len(mine),
              'audits': [{'audit': k, 'scheme': plans[k], **at(len(mine), k)} for k in plans]}
    check('score', json.loads(z.read('expected/score.json')) == claims, soft=True)
    for d in (e['data'] for e in mine if 'standing' in e['data']):
        s, said = at(d['standing']['basis_seq'], d['audit']), d['standing']
        check('score', (s['final'], s['grade']) == (said['final'], said.get('grade')), d, soft=True)
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
