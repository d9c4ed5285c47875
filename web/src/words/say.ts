import { glossary, type Language, type Word } from './glossary';

export type Values = Record<string, string | number>;

/** The word in a language, with its places filled in. */
export function say(language: Language, word: Word, values?: Values): string {
  const text: string = glossary[word][language === 'zh' ? 0 : 1];
  if (!values) return text;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}

/** A value of the domain, such as a state or a grade. One that is not in the glossary is shown as it is. */
export function sayValue(language: Language, family: string, value: string): string {
  const word = `${family}.${value}`;
  return word in glossary ? say(language, word as Word) : value;
}

/** starledger.deduction.applied.v1 → deduction.applied */
export function shortType(type: string): string {
  return type.replace(/^starledger\./, '').replace(/\.v\d+$/, '');
}
