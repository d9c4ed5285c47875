import type { Glossary } from './word';

// Words of decisions, duties and the register of certificates.
export const decisionWords = {
  'decisions.gates': ['发证前提', 'Gates'],
  'decisions.gates.hint': [
    '符合性检查对本项目全部记录的结论。',
    'What the conformance checks say of the whole history of this case.',
  ],
  'decisions.duties': ['职责分离', 'Separation of duties'],
  'decisions.duties.hint': [
    '由历史记录算出；× 表示该记录使其不得担任。',
    'Computed from the history; × names the entry that disqualifies.',
  ],
  'decisions.duty.plan': ['策划', 'plan'],
  'decisions.duty.evaluate': ['评价', 'evaluate'],
  'decisions.duty.verify': ['验证', 'verify'],
  'decisions.duty.review': ['复核', 'review'],
  'decisions.duty.decide': ['决定', 'decide'],
  'decisions.history': ['报告、复核与决定', 'Report, review and decisions'],
  'decisions.basis': ['依据项目记录 {seq}', 'rests on entry {seq} of the case'],
  'decisions.none': ['尚无决定', 'No decision yet'],
  'decisions.disqualified': ['不得担任：见 #{seq}', 'disqualified by #{seq}'],
  'decisions.did': ['已担任', 'did so'],
  'decisions.may': ['可担任', 'may'],
  'decisions.certificate': ['签发证书', 'Issue certificate'],
  'decisions.certificate.number': ['证书编号', 'Number'],
  'decisions.from': ['生效日期', 'Valid from'],
  'decisions.until': ['有效期至', 'Valid until'],

  'register.title': ['证书名录', 'Register of certificates'],
  'register.holder': ['持证组织', 'Holder'],
  'register.status': ['状态', 'Status'],
  'register.from': ['生效', 'From'],
  'register.until': ['到期', 'Until'],
  'register.empty': ['没有证书', 'No certificates'],
} as const satisfies Glossary;
