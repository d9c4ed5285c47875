import { Button, Input } from 'antd';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import { refusalOf, type Refusal } from '../api/problem';
import { useWords } from '../words/useWords';
import logo from './logo.svg';
import { RefusalView } from './RefusalView';
import { useSigning } from './session';

/** The form. With `again` it stands over a page that stays as it is. */
export function SignInForm({ again = false, onDone }: { again?: boolean; onDone?: () => void }) {
  const { t } = useWords();
  const { signIn } = useSigning();
  const [token, setToken] = useState('');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  const submit = async (given: string) => {
    setBusy(true);
    setRefusal(null);
    try {
      await signIn(given.trim());
      onDone?.();
    } catch (error) {
      setRefusal(refusalOf(error));
    } finally {
      setBusy(false);
    }
  };
  useTokenOfLink(submit);

  return (
    <form
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void submit(token);
      }}
    >
      <div className="title">
        <img src={logo} alt="" />
        <div>
          <h1>{again ? t('signin.again') : t('app.name')}</h1>
          <p className="quiet">{again ? t('signin.kept') : t('app.subtitle')}</p>
        </div>
      </div>
      <label htmlFor="token">{t('signin.token')}</label>
      <Input.Password
        id="token"
        value={token}
        onChange={(event) => setToken(event.target.value)}
        autoFocus
        autoComplete="current-password"
        size="large"
      />
      {refusal && <RefusalView refusal={refusal} brief />}
      <Button type="primary" htmlType="submit" size="large" loading={busy} disabled={token.trim() === ''}>
        {t('signin.submit')}
      </Button>
      {!again && <p className="quiet">{t('signin.hint')}</p>}
    </form>
  );
}

/** A link /sign-in#token signs in at once. The token is taken out of the address before anything else. */
function useTokenOfLink(submit: (token: string) => Promise<void>) {
  const { hash, pathname } = useLocation();
  const navigate = useNavigate();
  const used = useRef(false);
  useEffect(() => {
    if (used.current || pathname !== '/sign-in' || hash.length < 2) return;
    used.current = true;
    const token = decodeURIComponent(hash.slice(1));
    navigate('/', { replace: true });
    void submit(token);
  });
}

export function SignInPage() {
  return (
    <main className="gate">
      <SignInForm />
    </main>
  );
}
