import type { ReactNode } from 'react';
import { Parts } from '../shell/Parts';
import { useFilters } from '../table/useFilters';
import { useWords } from '../words/useWords';
import { Grants } from './Grants';
import { Health } from './Health';
import { Keys } from './Keys';
import { Policies } from './Policies';
import { Schemes } from './Schemes';
import { Tokens } from './Tokens';
import '../ledger/ledger.css';
import './settings.css';

const names = ['part'] as const;

const parts = {
  schemes: <Schemes />,
  policies: <Policies />,
  grants: <Grants />,
  keys: <Keys />,
  health: <Health />,
  tokens: <Tokens />,
} satisfies Record<string, ReactNode>;

type Part = keyof typeof parts;

/** The rules as data, who may read what, the keys, and how the ledger is. */
export function SettingsPage() {
  const { t } = useWords();
  const filters = useFilters(names);
  const part: Part = filters.values.part in parts ? (filters.values.part as Part) : 'schemes';
  return (
    <>
      <h1>{t('nav.settings')}</h1>
      <Parts
        label={t('nav.settings')}
        name="part"
        value={part}
        parts={(Object.keys(parts) as Part[]).map((value) => ({ value, label: t(`settings.part.${value}`) }))}
      />
      {parts[part]}
    </>
  );
}
