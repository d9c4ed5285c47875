import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { BrowserRouter } from 'react-router-dom';
import { Refusal } from '../api/problem';
import { LanguageContext } from '../words/useWords';
import { themeOf } from './antd';
import { AppearanceContext, useKeptAppearance } from './appearance';
import { Gate } from './Gate';
import { nonce } from './nonce';
import { sessionKey } from './session';
import { Told } from './Told';

const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      if (error instanceof Refusal && error.status === 401) queries.setQueryData(sessionKey, null);
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: false,
      retry: (count, error) => count < 2 && error instanceof Refusal && [0, 503].includes(error.status),
    },
  },
});

export function App() {
  const appearance = useKeptAppearance();
  return (
    <AppearanceContext.Provider value={appearance}>
      <LanguageContext.Provider value={appearance.language}>
        <QueryClientProvider client={queries}>
          <ConfigProvider
            locale={appearance.language === 'zh' ? zhCN : enUS}
            theme={themeOf(appearance.dark)}
            csp={{ nonce: nonce() }}
            button={{ autoInsertSpace: false }}
          >
            <Told>
              <BrowserRouter>
                <Gate />
              </BrowserRouter>
            </Told>
          </ConfigProvider>
        </QueryClientProvider>
      </LanguageContext.Provider>
    </AppearanceContext.Provider>
  );
}
