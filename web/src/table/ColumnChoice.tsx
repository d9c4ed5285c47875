import { TableOutlined } from '@ant-design/icons';
import { Button, Checkbox, Popover } from 'antd';
import { useWords } from '../words/useWords';
import type { Column } from './DataTable';
import './table.css';

interface Props<Row> {
  columns: Column<Row>[];
  hidden: ReadonlySet<string>;
  onToggle: (key: string) => void;
}

/** Which columns of a table are shown. The first one stays: it says what a row is. */
export function ColumnChoice<Row>({ columns, hidden, onToggle }: Props<Row>) {
  const { t } = useWords();
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      destroyOnHidden
      content={
        <div className="column-list" role="group" aria-label={t('views.columns')}>
          {columns.slice(1).map((column) => (
            <Checkbox key={column.key} checked={!hidden.has(column.key)} onChange={() => onToggle(column.key)}>
              {column.title}
            </Checkbox>
          ))}
        </div>
      }
    >
      <Button icon={<TableOutlined aria-hidden />}>{t('views.columns')}</Button>
    </Popover>
  );
}
