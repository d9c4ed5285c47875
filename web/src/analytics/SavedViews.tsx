import { DeleteOutlined, SaveOutlined, StarOutlined } from '@ant-design/icons';
import { Button, Input, Popover } from 'antd';
import { useState } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import { useKept } from '../shell/useKept';
import { useWords } from '../words/useWords';

interface View {
  name: string;
  search: string;
}

const none: View[] = [];

/** Views by name. A view is its address; the names are kept in this browser. */
export function SavedViews() {
  const { t } = useWords();
  const [views, setViews] = useKept<View[]>('starledger.views.analytics', none);
  const [name, setName] = useState('');
  const { search, pathname } = useLocation();
  const navigate = useNavigate();
  const save = () => {
    const given = name.trim();
    if (!given) return;
    setViews((now) => [...now.filter((view) => view.name !== given), { name: given, search }]);
    setName('');
  };
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      destroyOnHidden
      content={
        <div className="saved-views">
          {views.length === 0 && <p className="quiet">{t('views.none')}</p>}
          <ul>
            {views.map((view) => (
              <li key={view.name}>
                <Button type="link" onClick={() => navigate(pathname + view.search)}>
                  {view.name}
                </Button>
                <Button
                  type="text"
                  size="small"
                  icon={<DeleteOutlined aria-hidden />}
                  aria-label={t('views.remove', { name: view.name })}
                  onClick={() => setViews((now) => now.filter((each) => each !== view))}
                />
              </li>
            ))}
          </ul>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              save();
            }}
          >
            <Input
              aria-label={t('views.name')}
              placeholder={t('views.name')}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
            <Button htmlType="submit" icon={<SaveOutlined aria-hidden />} disabled={!name.trim()}>
              {t('views.save')}
            </Button>
          </form>
          <p className="quiet small">{t('views.hint')}</p>
        </div>
      }
    >
      <Button icon={<StarOutlined aria-hidden />}>
        {t('views.saved')}
        {views.length > 0 && ` (${views.length})`}
      </Button>
    </Popover>
  );
}
