import { useEffect, useState } from 'react';
import { post } from '../api/client';
import { refusalOf, type Refusal } from '../api/problem';
import type { Audit, Command, Score } from '../api/types';

export interface Answered {
  score: Score;
  refusal: Refusal | null;
  busy: boolean;
}

/** What the score would be with the commands: the server computes it, nothing is stored. Asked when the
 * typing pauses; an answer that was overtaken is dropped. */
export function useQuestion(id: string, audit: Audit, commands: Command[], standing: Score): Answered {
  const [answer, setAnswer] = useState<{ score: Score | null; refusal: Refusal | null; busy: boolean }>({
    score: null,
    refusal: null,
    busy: false,
  });
  const asked = JSON.stringify(commands);
  useEffect(() => {
    if (asked === '[]') {
      setAnswer({ score: null, refusal: null, busy: false });
      return;
    }
    const overtaken = new AbortController();
    setAnswer((now) => ({ ...now, busy: true }));
    const timer = window.setTimeout(() => {
      const path = `/v1/cases/${id}/audits/${audit.audit}/score/what-if`;
      post<Score>(path, { with: JSON.parse(asked) as unknown }, { signal: overtaken.signal }).then(
        ({ data }) => setAnswer({ score: data, refusal: null, busy: false }),
        (error: unknown) => {
          if (!overtaken.signal.aborted) setAnswer((now) => ({ ...now, refusal: refusalOf(error), busy: false }));
        },
      );
    }, 90);
    return () => {
      window.clearTimeout(timer);
      overtaken.abort();
    };
  }, [id, audit.audit, audit.case_seq, asked]);
  return { score: answer.score ?? standing, refusal: answer.refusal, busy: answer.busy };
}
