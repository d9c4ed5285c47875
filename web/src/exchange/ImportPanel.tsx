import { DownloadOutlined, UploadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { RefusalView } from '../shell/RefusalView';
import { csvOf, download } from '../table/csv';
import { useWords } from '../words/useWords';
import { Faults } from './Faults';
import { columns } from './faults';
import { Clients } from './Clients';
import { useImport, type ImportFile } from './useImport';

/** File → preview → confirm. One broken line refuses the file, and says which. */
export function ImportPanel() {
  const { t } = useWords();
  const [file, setFile] = useState<ImportFile | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const { preview, done, refusal, busy, rehearse, confirm, forget } = useImport(file);
  const take = async (chosen: File | undefined) => {
    if (!chosen) return;
    forget();
    const csv = !/\.json$/i.test(chosen.name) && chosen.type !== 'application/json';
    setFile({ name: chosen.name, text: await chosen.text(), size: chosen.size, csv });
  };
  const events = preview?.reduce((sum, client) => sum + client.events, 0) ?? 0;
  return (
    <div
      className="import"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        void take(event.dataTransfer.files[0]);
      }}
    >
      <div className="head">
        <Button icon={<UploadOutlined aria-hidden />} onClick={() => input.current?.click()}>
          {t('exchange.choose')}
        </Button>
        <span className="quiet">{t('exchange.drop')}</span>
        <input
          ref={input}
          hidden
          type="file"
          accept=".csv,.json,text/csv,application/json"
          aria-label={t('exchange.choose')}
          onChange={(event) => {
            const [chosen] = event.target.files ?? [];
            void take(chosen);
            event.target.value = '';
          }}
        />
        <span className="grow" />
        <Button
          type="link"
          icon={<DownloadOutlined aria-hidden />}
          onClick={() => download('import.csv', csvOf(columns, []), 'text/csv;charset=utf-8')}
        >
          {t('exchange.template')}
        </Button>
      </div>
      {file && !done && (
        <div className="head">
          <span className="num">{t('exchange.file', { name: file.name, size: file.size })}</span>
          <span className="grow" />
          {!preview && (
            <Button type="primary" loading={busy} onClick={() => void rehearse()}>
              {t('exchange.preview')}
            </Button>
          )}
        </div>
      )}
      {refusal &&
        (refusal.problem.errors?.length ? (
          <Faults refusal={refusal} text={file?.text ?? ''} />
        ) : (
          <RefusalView refusal={refusal} />
        ))}
      {preview && !done && (
        <>
          <div className="head" data-preview={preview.length}>
            <strong>{t('exchange.preview.title', { clients: preview.length, events })}</strong>
            <span className="grow" />
            <Button onClick={forget}>{t('common.back')}</Button>
            <Button type="primary" loading={busy} onClick={() => void confirm()}>
              {refusal?.status === 0 ? t('common.retry') : t('exchange.confirm')}
            </Button>
          </div>
          <Clients list={preview} />
        </>
      )}
      {done && (
        <>
          <p className="good" role="status" data-imported={done.length}>
            {t('exchange.done', { count: done.length, seq: done[0]?.seq ?? '' })}
          </p>
          <Clients list={done} />
        </>
      )}
    </div>
  );
}
