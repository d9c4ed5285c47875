import { createRoot } from 'react-dom/client';
import { App } from './shell/App';
import './shell/look.css';

const root = document.getElementById('root');
if (!root) throw new Error('no root');
createRoot(root).render(<App />);
