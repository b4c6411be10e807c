import { createRoot } from 'react-dom/client';
import { App } from './shell/app';

const root = document.getElementById('console');
if (root === null) throw new Error('The page has no #console.');
createRoot(root).render(<App />);
