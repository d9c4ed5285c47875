import { useQuery } from '@tanstack/react-query';
import { getBytes } from '../api/client';
import { useVerification } from '../ledger/verification';
import { Loaded } from '../shell/States';
import { useWords } from '../words/useWords';

/** The keys as they are published, for whoever registers or compares them, beside what this browser pinned. */
export function Keys() {
  const { t } = useWords();
  const { watch } = useVerification();
  const query = useQuery({
    queryKey: ['lists', 'keys'],
    queryFn: async () => {
      const [keys, policy] = await Promise.all([getBytes('/log/keys'), getBytes('/log/policy')]);
      const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
      return { keys: text(keys), policy: text(policy) };
    },
  });
  return (
    <Loaded query={query}>
      {({ keys, policy }) => (
        <section className="sheet">
          <h2>{t('settings.part.keys')}</h2>
          <p className="quiet">{t('keys.hint')}</p>
          <table className="plain">
            <thead>
              <tr>
                <th>{t('keys.whose')}</th>
                <th>{t('keys.name')}</th>
                <th>{t('keys.key')}</th>
                <th>{t('keys.pinned')}</th>
              </tr>
            </thead>
            <tbody>
              {linesOf(keys).map(({ word, name, key }) => (
                <tr key={key}>
                  <td className="nowrap">{t(word === 'log' ? 'keys.log' : 'keys.witness')}</td>
                  <td>{name}</td>
                  <td className="mono break">{key}</td>
                  <td className="nowrap">
                    {word === 'log' && (
                      <span className={watch.memory?.key === key ? 'good-text' : 'bad-text'}>
                        {watch.memory?.key === key ? `✓ ${t('keys.same')}` : `✖ ${t('keys.other')}`}
                      </span>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <h2 className="spaced">{t('keys.policy')}</h2>
          <p className="quiet">{t('keys.policy.hint')}</p>
          <pre className="raw" tabIndex={0}>
            {policy}
          </pre>
        </section>
      )}
    </Loaded>
  );
}

/** log <key> [url], or witness <name> <key> [url]. */
function linesOf(text: string): { word: string; name: string; key: string }[] {
  return text
    .split('\n')
    .map((line) => line.split(/[ \t]+/))
    .flatMap(([word = '', first = '', second = '']) => {
      if (word === 'log') return [{ word, name: first.split('+')[0] ?? '', key: first }];
      return word === 'witness' ? [{ word, name: first, key: second }] : [];
    });
}
