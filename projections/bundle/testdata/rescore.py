"""What a bundle's events come to, worked out a second time for verify.py: the score of every audit, and every sample drawn again."""
import hashlib
from fractions import Fraction as F
def evaluate(events, scheme, number):  # one audit by one scheme, from its events; clauses of another scheme do not count
    points = {c['id']: F(c['points']) for c in scheme['clauses']}
    mine = [(e['type'].split('.', 1)[1][:-3], e['data']) for e in events if e['data'].get('audit') == number and e['data'].get('clause', next(iter(points))) in points]
    said = lambda name: [d for n, d in mine if n == name]
    standing = lambda noun, key, verb: [d for d in said(noun + verb) if d[key] not in [r[key] for r in said(noun + '.revoked')]]
    planned, back, settled = said('audit.planned')[0].get('clauses') or [], set(), False
    for i, (n, d) in enumerate(mine):  # deductions whose finding was corrected before the report
        settled = n == 'audit.reported' or settled and not (n == 'audit.reviewed' and d['outcome'] == 'returned')
        if not settled and n in ('correction.verified', 'correction.reopened') and d.get('outcome') != 'rejected':
            hit = {x['deduction'] for m, x in mine[:i] if m == 'deduction.applied' and x.get('finding') == d['finding']}
            back = back | hit if n == 'correction.verified' else back - hit
    part = [c for c in planned if c in points]
    deleted = {d['clause'] for d in standing('deletion', 'deletion', '.granted')}
    counted = [c for c in points if (not planned or c in part) and c not in deleted]
    latest, rates = {d['clause']: d for d in said('assessment.recorded')}, scheme['method'] == 'rating'
    lost = {c: points[c] * (100 - F(d['rating'])) / 100 for c, d in latest.items() if rates and 'rating' in d}
    for d in (d for d in standing('deduction', 'deduction', '.applied') if not (scheme.get('corrections_restore') and d['deduction'] in back)):
        share = F(1) if d['basis'] == 'qualitative' else F(d['sample']['nonconforming'], d['sample']['size'])
        lost[d['clause']] = lost.get(d['clause'], 0) + points[d['clause']] * share
    involved, loss = sum(points[c] for c in counted), sum(min(points[c], lost.get(c, 0)) for c in counted)
    specials, limit = len(standing('special_deduction', 'special', '.applied')), scheme['special_deductions']['limit']
    bonus = F(scheme['bonus']['each']) * min(len(standing('bonus', 'bonus', '.granted')), scheme['bonus']['max'])
    value = (involved - loss) / involved * F(scheme['full_marks']) if counted else F(0)
    uncapped = value - specials * F(scheme['special_deductions']['each']) + bonus
    final, assessed = min(F(scheme.get('cap', '100')), max(F(0), uncapped)), sum(c in latest and (not rates or 'rating' in latest[c]) for c in counted)
    over = specials + (limit['operator'] == '>=') > limit['count']
    reasons = ['below-minimum'] * (final < F(scheme['minimum'])) + ['special-deduction-limit'] * over
    return {'involved': involved, 'earned': involved - loss, 'score': value, 'uncapped': uncapped, 'final': final, 'reasons': reasons,
            'assessed': assessed, 'clauses': len(counted), 'partial': bool(planned), 'empty': bool(planned) and not part}
def score(events, load, digest, number):  # of one audit, by the scheme with this digest, and by the one it is combined with
    scheme, text = load(digest), lambda f: '%d/%d' % (f.numerator, f.denominator)
    r, how = evaluate(events, scheme, number), scheme.get('combination')
    one = how and evaluate(events, load(how['with']['digest']), number)
    if one and r['empty']: r, scheme = one, load(how['with']['digest'])
    elif one and not one['empty']:
        share, both = F(how.get('share', '0')), (one['final'], r['final'])
        r['final'] = {'second': both[1], 'lower': min(both), 'weighted': (both[0] * (100 - share) + both[1] * share) / 100}[how['rule']]
        low = ['below-minimum'] * (r['final'] < F(scheme['minimum']))
        r.update(reasons=list(dict.fromkeys(one['reasons'] + r['reasons'] + low)), assessed=one['assessed'] + r['assessed'], clauses=one['clauses'] + r['clauses'])
    grades = [None] + [g['id'] for g in scheme['grades'] if r['final'] >= F(g['min']) and not r['partial'] and not r['reasons']]
    undecided = r['assessed'] < r['clauses'] or r['partial']
    return {**{k: text(r[k]) for k in ('involved', 'earned', 'score', 'uncapped', 'final')}, 'grade': grades[-1], 'passed': None if undecided else not r['reasons'],
            'reasons': [] if undecided else r['reasons'], 'assessed': r['assessed'], 'clauses': r['clauses'], 'provisional': r['assessed'] < r['clauses'], 'partial': r['partial']}
def claims(events, cases, load, check):  # what expected/score.json has to say; SCORE-01 holds at each report, review and decision
    all_claims = []
    for case in cases:
        mine = [e for _, _, e in events if e['subject'] == case and check('score')]
        plans = {e['data']['audit']: e['data']['scheme'] for e in mine if e['type'].endswith('audit.planned.v1')}
        at = lambda n, k: score(mine[:n], load, plans[k]['digest'], k)
        all_claims.append({'format': 'starledger-score/v1', 'case': case, 'case_seq': len(mine), 'audits': [{'audit': k, 'scheme': plans[k], **at(len(mine), k)} for k in plans]})
        for d in (e['data'] for e in mine if 'standing' in e['data']):
            s, said = at(d['standing']['basis_seq'], d['audit']), d['standing']
            check('score', (s['final'], s['grade']) == (said['final'], said.get('grade')), d, soft=True)
    return all_claims
def drawn(events, about, listed, sizes, root, check):  # every sample again, from its list and the first checkpoint after it; the cases that a review drew
    lists, cases = {}, set()
    for seq, _, e in (x for x in events if check('draws')):
        d, kind, k = e['data'], e['type'], (e['subject'], e['data'].get('audit'), e['data'].get('population'))
        if kind.endswith('population.recorded.v1') and listed(d['digest']) is not None:
            text = listed(d['digest'])
            lists[k] = seq, d, text.decode().removesuffix('\n').split('\n')
            check('draws', ('sha256:' + hashlib.sha256(text).hexdigest(), len(lists[k][2])) == (d['digest'], d['size']), seq)
        if not kind.endswith('sample.drawn.v1') or k not in lists: continue
        (since, p, lines), c, H = lists[k], d['checkpoint'], lambda b: hashlib.sha256(b).digest()
        seed = H(('starledger-draw/v1\ncase %s\naudit %d\npopulation %s\ndigest %s\nsize %d\ndraw %d\ncheckpoint %d\nroot %s\n' % (
            *k, p['digest'], p['size'], d['draw'], c['size'], c['root'])).encode())
        items = sorted(sorted(range(1, p['size'] + 1), key=lambda i: H(seed + i.to_bytes(8, 'big')))[:len(d['items'])])
        first = since <= c['size'] and not any(since <= n < c['size'] for n in sizes)
        check('draws', first and root(c['size']) == c['root'] and items == d['items'], seq)
        cases |= {lines[i - 1].strip() for i in items if e['subject'] == about}
    return cases
