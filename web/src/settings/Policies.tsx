import { useQuery } from '@tanstack/react-query';
import { get } from '../api/client';
import type { Page, Policy } from '../api/types';
import { Loaded } from '../shell/States';
import { useWords } from '../words/useWords';

/** Who may do what, in words and as the rule that decides. */
export function Policies() {
  const { t, language } = useWords();
  const query = useQuery({
    queryKey: ['policies'],
    staleTime: Infinity,
    queryFn: async () => (await get<Page<Policy>>('/v1/policies')).data.items,
  });
  return (
    <Loaded query={query}>
      {(items) => (
        <section className="sheet">
          <table className="plain">
            <tbody>
              {items.map((policy) => (
                <tr key={policy.id}>
                  <td className="nowrap">
                    <strong>{policy.id}</strong>
                  </td>
                  <td>
                    {language === 'zh' ? policy.zh : policy.en}
                    <details>
                      <summary>{t('settings.policy.text')}</summary>
                      <pre className="raw" tabIndex={0}>
                        {policy.text}
                      </pre>
                    </details>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Loaded>
  );
}
