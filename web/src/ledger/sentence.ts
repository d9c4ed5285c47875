// One sentence for an event, from its members. What is not known is left out, never made up.
import type { LedgerEvent } from '../api/types';
import { fractionOf, shown } from '../score/fraction';
import { shortType } from '../words/say';
import type { Words } from '../words/useWords';

type Data = Record<string, unknown>;

const text = (data: Data, name: string): string => {
  const value = data[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

const within = (data: Data, name: string): Data =>
  typeof data[name] === 'object' && data[name] ? (data[name] as Data) : {};

/** The parts of the sentence after the name of the type. */
export function sentenceOf(event: LedgerEvent, { v }: Words): string {
  const d = event.data;
  const parts: string[] = [];
  switch (shortType(event.type)) {
    case 'case.opened':
      parts.push(text(within(d, 'organization'), 'name'), text(d, 'scope'));
      break;
    case 'assessment.recorded':
      parts.push(text(d, 'clause'), resultOf(d), text(d, 'statement'));
      break;
    case 'finding.raised':
      parts.push(text(d, 'finding'), text(d, 'clause'), v('severity', text(d, 'severity')), text(d, 'statement'));
      break;
    case 'deduction.applied':
      parts.push(text(d, 'deduction'), text(d, 'clause'), sampleOf(d), text(d, 'finding'));
      break;
    case 'special_deduction.applied':
      parts.push(text(d, 'special'), v('trigger', text(d, 'trigger')), text(d, 'finding'));
      break;
    case 'audit.reported':
      parts.push(v('decision', text(d, 'recommendation')), standingOf(d, v), text(d, 'summary'));
      break;
    case 'decision.made':
      parts.push(v('decision', text(d, 'decision')), standingOf(d, v));
      break;
    case 'population.recorded':
      parts.push(text(d, 'population'), text(d, 'subject'), text(d, 'clause'), `N = ${text(d, 'size')}`);
      break;
    case 'sample.drawn':
      parts.push(text(d, 'population'), `#${text(d, 'draw')}`, listOf(d, 'items'));
      break;
    case 'accreditation.opened':
      parts.push(text(within(d, 'organization'), 'name'), text(d, 'scope'), `${text(d, 'from')} – ${text(d, 'until')}`);
      break;
    case 'accreditation.noted':
      parts.push(text(d, 'note'), text(d, 'seq') && `#${text(d, 'seq')}`, text(d, 'statement'));
      break;
    case 'accreditation.viewed':
      parts.push(text(d, 'case'), `#${text(d, 'as_of')}`);
      break;
    case 'grant.made':
      parts.push(text(d, 'grant'), text(d, 'actor'), `${text(d, 'from')} – ${text(d, 'until')}`);
      break;
    case 'certificate.issued':
      parts.push(text(d, 'number'), v('grade', text(d, 'grade')));
      break;
    default:
      for (const name of [
        'finding',
        'correction',
        'deduction',
        'deletion',
        'special',
        'bonus',
        'clause',
        'kind',
        'actor',
      ]) {
        parts.push(name === 'kind' ? v('audit', text(d, name)) : text(d, name));
      }
      parts.push(v('outcome', text(d, 'outcome')), text(d, 'statement'));
  }
  parts.push(event.reason ?? '');
  return parts.filter((part) => part !== '').join(' · ');
}

function listOf(data: Data, name: string): string {
  const value = data[name];
  return Array.isArray(value) ? value.join(', ') : '';
}

function resultOf(d: Data): string {
  const rating = text(d, 'rating');
  const sample = sampleOf(d);
  return [d['result'] === 'conforming' ? '✓' : '−', rating && `${rating}%`, sample].filter(Boolean).join(' ');
}

function sampleOf(d: Data): string {
  const sample = within(d, 'sample');
  return 'size' in sample ? `${text(sample, 'nonconforming')}/${text(sample, 'size')}` : '';
}

function standingOf(d: Data, v: Words['v']): string {
  const standing = within(d, 'standing');
  const final = text(standing, 'final');
  return [final && shown(fractionOf(final)), v('grade', text(standing, 'grade'))].filter(Boolean).join(' ');
}
