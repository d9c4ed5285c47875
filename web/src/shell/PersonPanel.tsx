import { Button, Segmented } from 'antd';
import { useWords } from '../words/useWords';
import { useAppearance, type Theme } from './appearance';
import { useSession, useSigning } from './session';

/** Who is signed in, with the language and the appearance of this browser. */
export function PersonPanel() {
  const { t, v } = useWords();
  const session = useSession();
  const { signOut } = useSigning();
  const appearance = useAppearance();
  return (
    <div className="person-menu">
      <div>
        <strong>{session.name ?? session.actor}</strong> <span className="mono quiet">{session.actor}</span>
        <div className="quiet">{session.organization}</div>
        <div className="quiet">{session.roles.map((role) => v('role', role)).join(t('common.and'))}</div>
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
