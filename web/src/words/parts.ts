// The words of what every page is made of: the way to it, its lists, what stands there before there is anything.
export const partWords = {
  'common.of': ['{label}：{value}', '{label}: {value}'],
  'common.colon': ['：', ': '],
  'common.and': ['、', ', '],
  'common.semi': ['；', '; '],
  'nav.trail': ['当前位置', 'Where you are'],
  'empty.back': ['返回{place}', 'Back to {place}'],
  'case.specials.from': ['（满 {limit} 项不通过）', '(fails from {limit})'],
  'case.specials.over': ['（超过 {limit} 项不通过）', '(fails above {limit})'],
  'state.replaced': ['已换证', 'replaced'],
} as const;
