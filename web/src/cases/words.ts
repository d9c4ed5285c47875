// The values that cases are filtered by, in the order of their life.
export const states = [
  'applied',
  'accepted',
  'returned',
  'refused',
  'planned',
  'documents_reviewed',
  'on_site',
  'corrections',
  'reported',
  'reviewed',
  'decided',
  'active',
  'suspended',
  'withdrawn',
  'cancelled',
  'expired',
  'closed',
] as const;

export const grades = ['five_star', 'four_star', 'three_star', 'qualified'] as const;

/** The colour of a state, where it has one. */
export function toneOf(state: string): string {
  if (state === 'active' || state === 'decided') return 'good';
  if (['suspended', 'withdrawn', 'cancelled', 'expired', 'refused', 'returned'].includes(state)) return 'loss';
  if (['on_site', 'corrections', 'reported', 'reviewed', 'planned', 'documents_reviewed'].includes(state))
    return 'brand';
  return '';
}
