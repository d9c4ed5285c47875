import { createRoot } from 'react-dom/client';
import { App } from './shell/App';
import { giveNonceToSheets } from './shell/nonce';

export function start(): void {
  const root = document.getElementById('root');
  if (!root) throw new Error('no root');
  giveNonceToSheets();
  createRoot(root).render(<App />);
}
