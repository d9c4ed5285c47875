import { useWords } from '../words/useWords';

export function KeyHelp() {
  const { t } = useWords();
  return (
    <span className="keys" aria-label={t('clauses.keys')}>
      <span>
        <kbd>1</kbd> {t('clauses.keys.conforming')}
      </span>
      <span>
        <kbd>2</kbd> {t('clauses.keys.nonconforming')}
      </span>
      <span>
        <kbd>3</kbd> {t('clauses.keys.deletion')}
      </span>
      <span>
        <kbd>↑↓←→</kbd> <kbd>Tab</kbd> <kbd>Enter</kbd> {t('clauses.keys.move')}
      </span>
      <span>
        <kbd>F2</kbd> {t('clauses.keys.edit')}
      </span>
      <span>
        <kbd>Del</kbd> <kbd>Ctrl Z</kbd> {t('clauses.keys.clear')}
      </span>
      <span>
        <kbd>Space</kbd> {t('clauses.inspector')}
      </span>
      <span>
        <kbd>Ctrl Enter</kbd> {t('clauses.keys.post')}
      </span>
    </span>
  );
}
