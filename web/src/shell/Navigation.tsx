import {
  AuditOutlined,
  CalendarOutlined,
  CarryOutOutlined,
  DatabaseOutlined,
  ExceptionOutlined,
  LineChartOutlined,
  MenuFoldOutlined,
  MenuUnfoldOutlined,
  ProfileOutlined,
  SafetyCertificateOutlined,
  SettingOutlined,
  SwapOutlined,
} from '@ant-design/icons';
import { useEffect, useState } from 'react';
import { NavLink } from 'react-router-dom';
import type { Word } from '../words/glossary';
import { useWords } from '../words/useWords';
import { useTo } from './links';
import logo from './logo.svg';

const entries: { to: string; word: Word; icon: typeof AuditOutlined }[] = [
  { to: '/work', word: 'nav.work', icon: CarryOutOutlined },
  { to: '/cases', word: 'nav.cases', icon: ProfileOutlined },
  { to: '/findings', word: 'nav.findings', icon: ExceptionOutlined },
  { to: '/calendar', word: 'nav.calendar', icon: CalendarOutlined },
  { to: '/analytics', word: 'nav.analytics', icon: LineChartOutlined },
  { to: '/register', word: 'nav.register', icon: SafetyCertificateOutlined },
  { to: '/ledger', word: 'nav.ledger', icon: DatabaseOutlined },
  { to: '/checks', word: 'nav.checks', icon: AuditOutlined },
  { to: '/exchange', word: 'nav.exchange', icon: SwapOutlined },
  { to: '/settings', word: 'nav.settings', icon: SettingOutlined },
];

const narrow = '(max-width: 1100px)';

export function Navigation() {
  const { t } = useWords();
  const to = useTo();
  const [folded, setFolded] = useState(() => matchMedia(narrow).matches);
  useEffect(() => {
    const media = matchMedia(narrow);
    const follow = () => setFolded(media.matches);
    media.addEventListener('change', follow);
    return () => media.removeEventListener('change', follow);
  }, []);
  return (
    <div className={folded ? 'side folded' : 'side'}>
      <NavLink to="/work" className="brand" aria-label={t('app.name')}>
        <img src={logo} alt="" />
        <span className="label">{t('app.name')}</span>
      </NavLink>
      <nav aria-label={t('nav.main')}>
        {entries.map(({ to: path, word, icon: Icon }) => (
          <NavLink key={path} to={to(path)} title={folded ? t(word) : undefined} aria-label={t(word)}>
            <Icon aria-hidden />
            <span className="label">{t(word)}</span>
          </NavLink>
        ))}
      </nav>
      <button className="fold" onClick={() => setFolded(!folded)} aria-label={t(folded ? 'nav.unfold' : 'nav.fold')}>
        {folded ? <MenuUnfoldOutlined aria-hidden /> : <MenuFoldOutlined aria-hidden />}
        <span className="label">{t('nav.fold')}</span>
      </button>
    </div>
  );
}
