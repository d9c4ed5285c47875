import { UserOutlined } from '@ant-design/icons';
import { Button, Popover, Segmented } from 'antd';
import { useWords } from '../words/useWords';
import { useAppearance, type Theme } from './appearance';
import { useSession, useSigning } from './session';

/** Who is signed in, the language and the appearance. */
export function PersonMenu() {
  const { t, v } = useWords();
  const session = useSession();
  return (
    <Popover trigger="click" placement="bottomRight" content={<Menu />}>
      <button className="chip" aria-haspopup="dialog">
        <span className="unseen">{t('signin.as')}</span>
        <UserOutlined aria-hidden />
        <span>{session.name ?? session.actor}</span>
        <span className="quiet wide">{session.roles.map((role) => v('role', role)).join('、')}</span>
      </button>
    </Popover>
  );
}

function Menu() {
  const { t, v } = useWords();
  const session = useSession();
  const { signOut } = useSigning();
  const appearance = useAppearance();
  return (
    <div className="person-menu">
      <div>
        <strong>{session.name ?? session.actor}</strong> <span className="mono quiet">{session.actor}</span>
        <div className="quiet">{session.organization}</div>
        <div className="quiet">{session.roles.map((role) => v('role', role)).join('、')}</div>
      </div>
      <div role="group" aria-label={t('common.language')}>
        <div className="quiet">{t('common.language')}</div>
        <Segmented
          value={appearance.language}
          onChange={(value) => appearance.setLanguage(value)}
          options={[
            { label: '中文', value: 'zh' as const },
            { label: 'English', value: 'en' as const },
          ]}
        />
      </div>
      <div role="group" aria-label={t('common.theme')}>
        <div className="quiet">{t('common.theme')}</div>
        <Segmented<Theme>
          value={appearance.theme}
          onChange={(value) => appearance.setTheme(value)}
          options={(['light', 'dark', 'system'] as const).map((value) => ({
            label: t(`common.theme.${value}`),
            value,
          }))}
        />
      </div>
      <Button onClick={() => void signOut()}>{t('signin.out')}</Button>
    </div>
  );
}
