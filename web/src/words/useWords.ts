import { createContext, useContext, useMemo } from 'react';
import type { Named } from '../api/types';
import type { Language, Word } from './glossary';
import { say, sayValue, shortType, type Values } from './say';

export const LanguageContext = createContext<Language>('zh');

export interface Words {
  language: Language;
  t: (word: Word, values?: Values) => string;
  /** A value of the domain: v('state', 'on_site'). */
  v: (family: string, value: string | null | undefined) => string;
  type: (type: string) => string;
  named: (name: Named | undefined) => string;
}

export function useWords(): Words {
  const language = useContext(LanguageContext);
  return useMemo(
    () => ({
      language,
      t: (word, values) => say(language, word, values),
      v: (family, value) => (value ? sayValue(language, family, value) : ''),
      type: (type) => sayValue(language, 'type', shortType(type)),
      named: (name) => (name ? (language === 'en' && name.en) || name.zh : ''),
    }),
    [language],
  );
}
