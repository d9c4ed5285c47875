import { EntryLink, To } from '../shell/links';
import { useWords } from '../words/useWords';
import type { Imported } from './types';

/** What comes of each client of the file. */
export function Clients({ list }: { list: Imported[] }) {
  const { t } = useWords();
  return (
    <div className="scroll clients" tabIndex={0} role="region" aria-label={t('exchange.import')}>
      <table className="plain">
        <thead>
          <tr>
            <th>{t('exchange.organization')}</th>
            <th>{t('exchange.certificates')}</th>
            <th className="right">{t('exchange.audits')}</th>
            <th className="right">{t('exchange.events')}</th>
            <th>{t('exchange.warnings')}</th>
          </tr>
        </thead>
        <tbody>
          {list.map((client, i) => (
            <tr key={client.case ?? i}>
              <td>
                {client.case ? <To path={`/cases/${client.case}`}>{client.organization}</To> : client.organization}{' '}
                {client.seq && <EntryLink seq={client.seq} />}
              </td>
              <td className="mono">{client.certificates.join('、')}</td>
              <td className="right">{client.audits}</td>
              <td className="right">{client.events}</td>
              <td className="loss small">
                {client.warnings.map((warning, at) => (
                  <div key={at}>
                    {warning.code} · {warning.message}
                  </div>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
