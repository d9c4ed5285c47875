import { DeleteOutlined, SaveOutlined, StarOutlined } from '@ant-design/icons';
import { Button, Input, Popover } from 'antd';
import { useState } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import { useTo } from '../shell/links';
import { useKept } from '../shell/useKept';
import { useWords } from '../words/useWords';
import './table.css';

interface View {
  name: string;
  search: string;
}

const none: View[] = [];

/** What of an address is no view: the instant that is looked at, and the rows that are ticked. */
const passing = ['as_of', 'chosen'];

/** Views of a list by name: its filters, columns and order. A view is its address; the names are kept in this
 * browser. */
export function SavedViews({ of }: { of: string }) {
  const { t } = useWords();
  const [views, setViews] = useKept<View[]>(`starledger.views.${of}`, none);
  const [name, setName] = useState('');
  const { search, pathname } = useLocation();
  const navigate = useNavigate();
  const to = useTo();
  const save = () => {
    const view = new URLSearchParams(search);
    for (const name of passing) view.delete(name);
    const kept = view.size > 0 ? `?${view.toString()}` : '';
    const given = name.trim();
    if (!given) return;
    setViews((now) => [...now.filter((view) => view.name !== given), { name: given, search: kept }]);
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
                <Button type="link" onClick={() => navigate(to(pathname + view.search))}>
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
