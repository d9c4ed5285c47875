import type { Refusal } from '../api/problem';
import { useWords } from '../words/useWords';
import { placeOf } from './faults';

/** What is wrong with a file, line by line; nothing of it was entered. */
export function Faults({ refusal, text }: { refusal: Refusal; text: string }) {
  const { t } = useWords();
  const { title, detail, errors = [] } = refusal.problem;
  return (
    <div className="refusal" role="alert">
      <h3>{title}</h3>
      <p>{detail}</p>
      <div className="scroll faults" tabIndex={0} role="region" aria-label={t('exchange.problem')}>
        <table className="plain">
          <thead>
            <tr>
              <th>{t('exchange.line')}</th>
              <th>{t('exchange.column')}</th>
              <th>{t('exchange.problem')}</th>
              <th>{t('exchange.content')}</th>
            </tr>
          </thead>
          <tbody>
            {errors.map((fault, i) => {
              const place = placeOf(fault, text);
              return (
                <tr key={i} data-line={place.line || undefined}>
                  <td className="nowrap num">
                    {place.line > 0
                      ? t('exchange.line.number', { line: place.line })
                      : place.client > 0 && t('exchange.client.number', { client: place.client })}
                  </td>
                  <td className="mono">{place.column}</td>
                  <td className="loss">{fault.message}</td>
                  <td className="mono quiet content">{place.text}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </div>
  );
}
