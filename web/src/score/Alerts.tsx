import { Button } from 'antd';
import { memo, useState } from 'react';
import { EntryLink } from '../shell/links';
import { Choice } from '../table/Choice';
import type { Words } from '../words/useWords';
import { useWords } from '../words/useWords';
import type { Alert, Choices } from './alerts';

interface Props {
  alerts: Alert[];
  choices: Choices;
  limits: { hours: string; drop: string };
  onLimit: (name: 'hours' | 'drop', value: string) => void;
  /** Shows the screen as it was with an entry. */
  onGo: (seq: number) => void;
}

/** How many rows are shown at first, and more at a time: a case may have thousands. */
const some = 100;

/** What a clerk should look at in this history: late, after the decision, another grade, a large drop. A step of
 * the replay leaves it as it is. */
export const Alerts = memo(function Alerts({ alerts, choices, limits, onLimit, onGo }: Props) {
  const words = useWords();
  const { t, type } = words;
  const [most, setMost] = useState(some);
  return (
    <section className="sheet alerts" aria-label={t('alerts.title')}>
      <div className="head">
        <h2>
          {t('alerts.title')} {alerts.length > 0 && <span className="count num">{alerts.length}</span>}
        </h2>
        <span className="grow" />
        <div className="filters">
          <Choice
            label={t('alerts.hours')}
            value={limits.hours}
            options={choices.hours.map((hours, i) => ({
              value: hours,
              label: t(i === 0 ? 'alerts.hours.own' : 'alerts.hours.over', { hours }),
            }))}
            onChange={(value) => onLimit('hours', value)}
          />
          <Choice
            label={t('alerts.drop')}
            value={limits.drop}
            options={choices.drop.map((value) => ({ value, label: t('alerts.drop.over', { points: value }) }))}
            onChange={(value) => onLimit('drop', value)}
          />
        </div>
      </div>
      {alerts.length === 0 ? (
        <p className="quiet">{t('alerts.none')}</p>
      ) : (
        <div className="scroll timeline-table" tabIndex={0} role="region" aria-label={t('alerts.title')}>
          <table className="plain">
            <tbody>
              {alerts.slice(0, most).map((alert) => (
                <tr key={`${alert.kind} ${alert.seq}`} data-alert={alert.kind}>
                  <td className="nowrap">
                    <span className={`tag ${alert.kind === 'grade' ? 'brand' : 'loss'}`}>
                      {t(alert.kind === 'drop' ? 'alerts.drop.one' : `alerts.${alert.kind}`)}
                    </span>
                  </td>
                  <td className="nowrap">
                    <EntryLink seq={alert.seq} /> {type(alert.type)} <span className="num">{alert.clause}</span>
                  </td>
                  <td>
                    <Detail alert={alert} words={words} />
                  </td>
                  <td className="right nowrap">
                    <Button size="small" onClick={() => onGo(alert.seq)}>
                      {t('alerts.go')}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {alerts.length > most && (
            <Button type="link" onClick={() => setMost(most + some)}>
              {t('alerts.more', { count: alerts.length - most })}
            </Button>
          )}
        </div>
      )}
    </section>
  );
});

function Detail({ alert, words }: { alert: Alert; words: Words }) {
  const { t, v } = words;
  const named = (grade: string | null) => (grade ? v('grade', grade) : t('grade.none'));
  switch (alert.kind) {
    case 'late':
      return (
        <>
          {t('alerts.late.by', { hours: alert.detail })} <span className="quiet">{alert.reason}</span>
        </>
      );
    case 'after_decision':
      return (
        <>
          {t('alerts.after')} {alert.decision !== undefined && <EntryLink seq={alert.decision} />}{' '}
          <span className="quiet">{alert.reason}</span>
        </>
      );
    case 'grade':
      return (
        <>
          {named(alert.grades?.[0] ?? null)} → {named(alert.grades?.[1] ?? null)}
        </>
      );
    case 'drop':
      return <span className="loss num">▼ −{alert.detail}</span>;
  }
}
