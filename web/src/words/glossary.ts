// Every word of the workbench, Chinese first, English second. {name} is filled in. The names of the
// domain are those of the design pages: one word for one thing on every screen. Each noun has its words in a
// file of its own beside this one; here they come together, and only here are they taken from.
import { shellWords } from './shell';
import { commonWords } from './common';
import { caseWords } from './cases';
import { clauseWords } from './clauses';
import { findingWords } from './findings';
import { scoreWords } from './scores';
import { decisionWords } from './decisions';
import { ledgerWords } from './ledger';
import { reviewWords } from './reviews';
import { settingsWords } from './settings';
import { comparingWords } from './comparing';
import { overviewWords } from './overview';
import { partWords } from './parts';
import { processWords } from './process';
import { valueWords } from './values';
import { typeWords } from './types';

export const glossary = {
  ...shellWords,
  ...commonWords,
  ...caseWords,
  ...clauseWords,
  ...findingWords,
  ...scoreWords,
  ...decisionWords,
  ...ledgerWords,
  ...reviewWords,
  ...settingsWords,
  ...comparingWords,
  ...overviewWords,
  ...partWords,
  ...processWords,
  ...valueWords,
  ...typeWords,
} as const;

export type Word = keyof typeof glossary;
export type Language = 'zh' | 'en';
