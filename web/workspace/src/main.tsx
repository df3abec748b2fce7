import '@parley/ui/tokens.css';
import '@parley/ui/ui.css';
import './app/app.css';
import './inbox/inbox.css';
import './rings/rings.css';
import './conversation/conversation.css';
import './composer/composer.css';
import './details/details.css';
import './palette/palette.css';
import { render } from 'preact';
import { applyTheme } from '@parley/ui';
import { App } from './app/App';
import { resume } from './app/session';

applyTheme();
resume();
render(<App />, document.getElementById('app')!);
