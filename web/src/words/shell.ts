import type { Glossary } from './word';

// Words of the frame around every screen: navigation, signing in, the as-of chip, the connection.
export const shellWords = {
  'app.name': ['星级账本', 'StarLedger'],
  'app.subtitle': ['售后服务认证审查账本', 'Audit ledger for after-sales service certification'],

  'nav.main': ['主导航', 'Main'],
  'nav.cases': ['认证项目', 'Cases'],
  'nav.register': ['认证决定', 'Certificates'],
  'nav.ledger': ['账本', 'Ledger'],
  'nav.checks': ['认可评审', 'Accreditation'],
  'nav.settings': ['设置', 'Settings'],
  'nav.skip': ['跳到正文', 'Skip to content'],
  'nav.fold': ['收起导航', 'Fold the navigation'],
  'nav.unfold': ['展开导航', 'Unfold the navigation'],
  'nav.work': ['我的待办', 'My work'],
  'nav.findings': ['不符合项', 'Findings'],
  'nav.analytics': ['分数分析', 'Analytics'],
  'nav.calendar': ['日历', 'Calendar'],
  'nav.exchange': ['导入导出', 'Import & export'],

  'signin.token': ['登录令牌', 'Token'],
  'signin.hint': [
    '令牌由管理员发放；演示启动时在终端打印每个角色的令牌。',
    'Your administrator hands out tokens. The demo prints one per role in the terminal.',
  ],
  'signin.submit': ['登录', 'Sign in'],
  'signin.out': ['退出登录', 'Sign out'],
  'signin.again': ['登录已结束，请重新登录', 'Your session is over. Please sign in again'],
  'signin.kept': [
    '页面上的内容与草稿都还在，登录后继续。',
    'What is on this page and your drafts are kept. Go on after signing in.',
  ],
  'signin.as': ['当前身份', 'Signed in as'],

  'asof.live': ['实时', 'Live'],
  'asof.until': ['截至 {point}', 'As of {point}'],
  'asof.title': ['查看任意时刻', 'Look at any instant'],
  'asof.seq': ['账本序号', 'Sequence'],
  'asof.time': ['日期或时间', 'Day or time'],
  'asof.apply': ['查看', 'Show'],
  'asof.back': ['回到实时', 'Back to live'],
  'asof.readonly': [
    '正在查看 {point} 的历史状态，不能录入。回到实时后可继续录入。',
    'You see {point}: nothing can be entered there. Go back to live to enter.',
  ],
  'asof.hint': ['此时刻之后入账的一切都不显示。', 'Nothing recorded after that instant is shown.'],
  'asof.off': ['回到实时后可填写', 'It can be filled in when you are back at now'],

  'live.open': ['实时连接', 'Connected'],
  'live.connecting': ['正在连接…', 'Connecting…'],
  'live.lost': ['连接中断，自动重连中', 'Connection lost, reconnecting'],
} as const satisfies Glossary;
