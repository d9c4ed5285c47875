import { DownloadOutlined, PrinterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { Choice } from '../table/Choice';
import { csvOf, download } from '../table/csv';
import { useFilters } from '../table/useFilters';
import { useWords } from '../words/useWords';
import { nameOf, type Other } from './useSheets';

interface Props {
  title: string;
  file: string;
  others: Other[];
  against: Other | undefined;
  lines: () => { header: string[]; rows: string[][] };
}

const names = ['against', 'only'] as const;

/** What the sheet is held against, and how it is taken away: on paper or as a file. */
export function SheetBar({ title, file, others, against, lines }: Props) {
  const { t, v } = useWords();
  const filters = useFilters(names);
  const save = () => {
    const { header, rows } = lines();
    download(`sheet-${file}.csv`, csvOf(header, rows), 'text/csv;charset=utf-8');
  };
  const label = (o: Other) =>
    `${v('audit', o.kind)} · ${v('kind', o.of)} …${o.case.slice(-6)}/${o.audit}${o.score ? ` · ${o.score.final}` : ''}`;
  return (
    <>
      <div className="head">
        <h2>{title}</h2>
        <span className="grow" />
        <Button className="noprint" icon={<DownloadOutlined aria-hidden />} onClick={save}>
          {t('common.export')}
        </Button>
        <Button className="noprint" icon={<PrinterOutlined aria-hidden />} onClick={() => window.print()}>
          {t('common.print')}
        </Button>
      </div>
      <div className="filters noprint">
        <Choice
          label={t('sheet.against')}
          value={against ? nameOf(against) : ''}
          options={[
            { value: '', label: t('common.of', { label: t('sheet.against'), value: t('sheet.alone') }) },
            ...others.map((o) => ({ value: nameOf(o), label: label(o) })),
          ]}
          onChange={(value) => filters.set('against', value)}
        />
        {against && (
          <label className="check">
            <input
              type="checkbox"
              checked={filters.values.only === 'differ'}
              onChange={(event) => filters.set('only', event.target.checked ? 'differ' : '')}
            />{' '}
            {t('sheet.only')}
          </label>
        )}
      </div>
    </>
  );
}
