import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { speak } from '../api/client';
import type { Language } from '../words/glossary';

export type Theme = 'light' | 'dark' | 'system';

export interface Appearance {
  language: Language;
  theme: Theme;
  dark: boolean;
  setLanguage: (language: Language) => void;
  setTheme: (theme: Theme) => void;
}

export const AppearanceContext = createContext<Appearance | null>(null);

export function useAppearance(): Appearance {
  const found = useContext(AppearanceContext);
  if (!found) throw new Error('no appearance');
  return found;
}

function kept<T extends string>(name: string, allowed: readonly T[], otherwise: T): T {
  const value = localStorage.getItem(name) as T | null;
  return value && allowed.includes(value) ? value : otherwise;
}

/** Language and theme are this browser's; they are no part of the address. */
export function useKeptAppearance(): Appearance {
  const [language, chooseLanguage] = useState<Language>(() => kept('starledger.language', ['zh', 'en'] as const, 'zh'));
  const [theme, chooseTheme] = useState<Theme>(() =>
    kept('starledger.theme', ['light', 'dark', 'system'] as const, 'system'),
  );
  const [systemDark, setSystemDark] = useState(() => matchMedia('(prefers-color-scheme: dark)').matches);
  useEffect(() => {
    const media = matchMedia('(prefers-color-scheme: dark)');
    const follow = () => setSystemDark(media.matches);
    media.addEventListener('change', follow);
    return () => media.removeEventListener('change', follow);
  }, []);
  const dark = theme === 'dark' || (theme === 'system' && systemDark);
  speak(language === 'zh' ? 'zh-CN' : 'en');
  useEffect(() => {
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  }, [dark, language]);
  const setLanguage = useCallback((to: Language) => {
    localStorage.setItem('starledger.language', to);
    chooseLanguage(to);
  }, []);
  const setTheme = useCallback((to: Theme) => {
    localStorage.setItem('starledger.theme', to);
    chooseTheme(to);
  }, []);
  return useMemo(
    () => ({ language, theme, dark, setLanguage, setTheme }),
    [language, theme, dark, setLanguage, setTheme],
  );
}
