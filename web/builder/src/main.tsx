import '@parley/ui/tokens.css';
import '@parley/ui/ui.css';
import './builder.css';
import { applyTheme } from '@parley/ui';
import { render } from 'preact';
import { Bench } from './Bench';
import { App } from './ui/App';

applyTheme();
render(<App bench={new Bench()} />, document.getElementById('app')!);
