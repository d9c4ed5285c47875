import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { get } from '../api/client';
import { refusalOf, type Refusal } from '../api/problem';
import type { Page, Policy } from '../api/types';
import type { Word } from '../words/glossary';
import { glossary } from '../words/glossary';
import { useWords } from '../words/useWords';
import { EntryLinks } from './links';

interface Props {
  refusal: Refusal;
  /** Without the rule's text and the trace. */
  brief?: boolean;
  onRetry?: () => void;
  /** The name of what a fault points at, where the page has one. */
  labelOf?: (pointer: string) => string | undefined;
  children?: ReactNode;
}

/** What refuses by a rule; without a number, the rule is called as the refusal is. */
const rules: ReadonlySet<number> = new Set([403, 409, 422]);

/** A refusal says which rule, which entry, and what to do. */
export function RefusalView({ refusal, brief = false, onRetry, labelOf, children }: Props) {
  const { t } = useWords();
  const p = refusal.problem;
  const entries = p.entries ?? p.missed?.slice(0, 12).map((item) => item.seq) ?? [];
  const advice = `refusal.do.${p.status >= 500 && p.status !== 503 ? 500 : p.status}`;
  return (
    <div className="refusal" role="alert">
      <h3>{headline(refusal, t)}</h3>
      {p.status === 0 && <p>{t('refusal.unreachable.detail')}</p>}
      {p.title && p.detail && !p.errors?.some((fault) => fault.message === p.detail) && <p>{p.detail}</p>}
      <dl className="facts">
        {p.index !== undefined && (
          <>
            <dt>{t('ledger.sentence')}</dt>
            <dd>{t('refusal.command', { index: p.index + 1 })}</dd>
          </>
        )}
        {p.errors?.map((fault) => (
          <Fault key={fault.pointer + fault.code} label={labelOf?.(fault.pointer)} {...fault} />
        ))}
        {(p.policy || rules.has(p.status)) && !brief && (
          <>
            <dt>{t('refusal.rule')}</dt>
            <dd>{p.policy ? <Rule code={p.policy} /> : <span className="mono">{p.code}</span>}</dd>
          </>
        )}
        {entries.length > 0 && (
          <>
            <dt>{t('refusal.entries')}</dt>
            <dd>
              <EntryLinks seqs={entries} />
            </dd>
          </>
        )}
        {advice in glossary && !brief && (
          <>
            <dt>{t('refusal.do')}</dt>
            <dd>{t(advice as Word)}</dd>
          </>
        )}
        {p.trace_id && !brief && p.status >= 500 && (
          <>
            <dt>{t('refusal.trace')}</dt>
            <dd className="mono">{p.trace_id}</dd>
          </>
        )}
      </dl>
      {children}
      {onRetry && (
        <div>
          <Button size="small" onClick={onRetry}>
            {t('common.retry')}
          </Button>
        </div>
      )}
    </div>
  );
}

function headline(refusal: Refusal, t: (word: Word) => string): string {
  if (refusal.status === 0) return t('refusal.unreachable');
  if (refusal.status === -1) return t('refusal.page');
  return refusal.problem.title || `${refusal.status}`;
}

function Fault({ label, pointer, message }: { label?: string; pointer: string; message: string }) {
  return (
    <>
      {label ? <dt title={pointer}>{label}</dt> : <dt className="mono">{pointer}</dt>}
      <dd>{message}</dd>
    </>
  );
}

/** The rule that refused, in words where it is a policy. Checks have their number alone. */
function Rule({ code }: { code: string }) {
  const { language } = useWords();
  const { data } = useQuery({
    queryKey: ['policies'],
    staleTime: Infinity,
    queryFn: async () => (await get<Page<Policy>>('/v1/policies')).data.items,
  });
  const policy = data?.find((each) => each.id === code);
  return (
    <>
      <strong>{code}</strong>
      {policy && <> · {language === 'zh' ? policy.zh : policy.en}</>}
    </>
  );
}

export function ErrorView({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  return <RefusalView refusal={refusalOf(error)} onRetry={onRetry} />;
}
