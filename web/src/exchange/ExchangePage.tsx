import { useHas } from '../shell/session';
import { useAsOf } from '../shell/asof';
import { useWords } from '../words/useWords';
import { Exports } from './Exports';
import { ImportPanel } from './ImportPanel';
import './exchange.css';

/** Existing clients come in, and everything that may be read goes out. */
export function ExchangePage() {
  const { t } = useWords();
  const { past } = useAsOf();
  const officer = useHas('case_officer');
  return (
    <>
      <div className="head">
        <h1>{t('exchange.title')}</h1>
      </div>
      <section className="sheet">
        <h2>{t('exchange.import')}</h2>
        <p className="quiet">{t('exchange.import.hint')}</p>
        {past ? (
          <p className="quiet">{t('process.refused.past')}</p>
        ) : officer ? (
          <ImportPanel />
        ) : (
          <p className="quiet">{t('exchange.import.who')}</p>
        )}
      </section>
      <section className="sheet">
        <h2>{t('exchange.export')}</h2>
        <Exports />
      </section>
    </>
  );
}
