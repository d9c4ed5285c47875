/** Words by name: each in Chinese and in English. */
export type Glossary = Record<string, readonly [zh: string, en: string]>;
