import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { To } from '../shell/links';
import { Choice } from '../table/Choice';
import { useWords } from '../words/useWords';
import { mostCases } from './merged';
import type { Compared } from './useCompared';

export interface ChoosingColumns {
  count: number;
  choose: (column: number, audit: number) => void;
  add: (column: number) => void;
  remove: (column: number) => void;
}

/** Whose column it is, which of its audits it shows, and what can be done with it. */
export function ColumnHead({ compared, at, columns }: { compared: Compared; at: number; columns: ChoosingColumns }) {
  const { t, v } = useWords();
  const { kase, audit, scheme } = compared;
  const name = kase.organization.name;
  return (
    <>
      <div className="compare-name">
        <To path={`/cases/${kase.case}/timeline?audit=${audit}`}>{name}</To>
        {columns.count > 2 && (
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined aria-hidden />}
            aria-label={t('compare.remove', { name })}
            title={t('compare.remove', { name })}
            onClick={() => columns.remove(at)}
          />
        )}
      </div>
      {kase.audits.length > 1 ? (
        <div className="compare-name">
          <Choice
            label={t('compare.audit', { name })}
            value={String(audit)}
            options={kase.audits.map((a) => ({
              value: String(a.audit),
              label: `${t('case.audit', { audit: a.audit })} · ${v('audit', a.kind)}`,
            }))}
            onChange={(value) => columns.choose(at, Number(value))}
          />
          {columns.count < mostCases && (
            <Button
              type="text"
              size="small"
              icon={<PlusOutlined aria-hidden />}
              aria-label={t('compare.add', { name })}
              title={t('compare.add', { name })}
              onClick={() => columns.add(at)}
            />
          )}
        </div>
      ) : (
        <div className="quiet small">
          {audit > 0 && `${t('case.audit', { audit })} · ${v('audit', kase.audits[0]?.kind)}`}
        </div>
      )}
      <div className="quiet small">{scheme && `${scheme.id}@${scheme.version}`}</div>
    </>
  );
}
