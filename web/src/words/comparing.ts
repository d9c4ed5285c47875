import type { Glossary } from './word';

// Words of holding one thing against another: cases, audits clause by clause, versions of schemes.
export const comparingWords = {
  'compare.audit': ['{name}：对比哪次审查', '{name}: which audit'],
  'compare.add': ['并列 {name} 的另一次审查', 'Put another audit of {name} beside it'],
  'compare.remove': ['移除 {name}', 'Take {name} out'],
  'compare.title': ['项目对比', 'Cases side by side'],
  'compare.few': ['请至少选择两个项目', 'Choose two cases or more'],
  'compare.few.hint': ['在认证项目列表中勾选，最多 {count} 个。', 'Tick them in the list of cases, {count} at most.'],
  'compare.replay': ['一同回放', 'Replayed together'],
  'compare.side': ['并列对比', 'Side by side'],
  'compare.clauses.hint': [
    '差值以第一列为准；只列出有项目失分或删减的条款。',
    'Differences are to the first column; clauses in which no case lost points are left out.',
  ],

  'sheet.title': ['逐条评分表', 'Clause sheet'],
  'sheet.of': ['本次审查', 'This audit'],
  'sheet.against': ['对照', 'Compare with'],
  'sheet.alone': ['不对照', 'nothing'],
  'sheet.hint': [
    '本表列出每个条款的分值、判定、得分、不符合项与账本记录，可打印存档。',
    'Points, result, earned points, nonconformities and entries of every clause, for print and archive.',
  ],
  'sheet.against.hint': [
    '两次审查逐条对照；差值为本次减去对照。只有双方都计分的条款才有差值。',
    'Two audits clause by clause; differences are this one minus the other, where the clause counts in both.',
  ],
  'sheet.only': ['只看不一致', 'Only where they differ'],
  'sheet.differ': ['不一致 {count} 条，一致 {same} 条', '{count} differ, {same} agree'],
  'sheet.agree': ['两次审查逐条一致', 'Both audits say the same of every clause'],
  'sheet.stars': ['合计', 'Total'],
  'sheet.delta': ['差值', 'Difference'],
  'sheet.absent': ['不含此条款', 'not covered'],
  'sheet.findings': ['不符合项', 'Nonconformities'],
  'sheet.entries': ['记录', 'Entries'],
  'sheet.repeated': ['重复出现', 'found again'],
  'sheet.standing': ['截至 #{seq} · {time}', 'as of #{seq} · {time}'],

  'change.added': ['新增', 'added'],
  'change.removed': ['删除', 'removed'],
  'change.changed': ['变更', 'changed'],
} as const satisfies Glossary;
