import { useMemo } from 'react';
import { useShownCase } from '../cases/CasePage';
import { useAudit, useScheme } from '../cases/queries';
import { useScore } from '../score/queries';
import { Empty, Loaded, Waiting } from '../shell/States';
import { useWords } from '../words/useWords';
import { Scoring } from './Scoring';
import { standingsOf } from './standing';

export function ClausesPage() {
  const { kase, audit: number } = useShownCase();
  const { t } = useWords();
  const audit = useAudit(kase.case, number);
  const score = useScore(kase.case, number);
  const scheme = useScheme(audit.data?.scheme.id, audit.data?.scheme.version);
  const standings = useMemo(
    () => (scheme.data && audit.data ? standingsOf(scheme.data, audit.data, score.data) : null),
    [scheme.data, audit.data, score.data],
  );
  if (number === 0) return <Empty title={t('case.noaudit')} hint={t('case.noaudit.hint')} />;
  return (
    <Loaded query={audit} sheets={1}>
      {(found) => (
        <Loaded query={score} sheets={1}>
          {(standing) =>
            scheme.data && standings ? (
              <Scoring
                key={number}
                kase={kase}
                audit={found}
                scheme={scheme.data}
                score={standing}
                standings={standings}
              />
            ) : (
              <Waiting sheets={1} />
            )
          }
        </Loaded>
      )}
    </Loaded>
  );
}
