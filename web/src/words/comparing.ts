// Words of holding one thing against another: audits of cases, clause by clause, and versions of schemes.
export const comparing = {
  'compare.audit': ['{name}：对比哪次审查', '{name}: which audit'],
  'compare.add': ['并列 {name} 的另一次审查', 'Put another audit of {name} beside it'],
  'compare.remove': ['移除 {name}', 'Take {name} out'],

  // The sheet of an audit
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
  'sheet.now': [
    '对照另一项目时显示当前状态，不回到过去的时刻。',
    'Against another case the present is shown, not the past.',
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

  // Overview of a case
  'case.trend': ['分数走势', 'How the score moved'],
  'case.trend.text': [
    '自策划以来 {count} 条记录影响分数；最近一次 {delta}',
    '{count} entries moved the score since planning; the last one {delta}',
  ],
  'case.trend.open': ['打开分数时间线', 'Open the timeline'],
  'case.missing.papers': ['申请材料', 'Documents of the application'],
  'case.verify.hint': [
    '浏览器取回本项目的全部记录，从已签名的检查点逐条核对到第一条，缺一条也不行。',
    'The browser fetches every entry of this case and follows them from the signed checkpoint back to the first; none can be left out.',
  ],
  'case.verify.done': ['{count} 条记录均在检查点 #{size} 之内', 'All {count} entries are in the checkpoint of {size}'],
  'case.verify.failed': ['#{seq} 未通过核验', '#{seq} does not verify'],

  // Versions of a scheme
  'settings.diff.same': ['两个版本没有差异', 'The two versions do not differ'],
  'settings.diff.change': ['差异', 'Difference'],
  'change.added': ['新增', 'added'],
  'change.removed': ['删除', 'removed'],
  'change.changed': ['变更', 'changed'],
  'grants.more': ['另有 {count} 个', '{count} more'],
  'settings.diff.a': ['原版本 {version}', 'Before, {version}'],
  'settings.diff.b': ['本版本 {version}', 'This one, {version}'],
} as const;
