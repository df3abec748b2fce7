import { createConsumerClient } from '@parley/client';
import { follow, part } from './dom/h';
import { languages } from './i18n/languages';
import { textsOf } from './i18n/texts';
import type { WindowOptions } from './loader/options';
import { Session, type SessionParts } from './model/session';
import type { Attached, Stage } from './stage';
import { announcer } from './view/announcer';
import { panel } from './view/panel';
import css from './view/panel.css?inline';

export type CreateClient = (options: WindowOptions, ...rest: Parameters<SessionParts['createClient']>) => ReturnType<SessionParts['createClient']>;

/** Puts the window beside its launcher. */
export async function attach(stage: Stage, create: CreateClient = createClient): Promise<Attached> {
  const { options, shadow, root, launcher } = stage;
  const texts = textsOf(options.language, await languages[options.language]());
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet];
  const session = new Session({ ...stage, skill: options.skill, createClient: token => create(options, token) });
  const context = { session, texts, options };
  const [, stop] = part(() => {
    root.append(panel(context, launcher.button), announcer(context));
    follow(() => launcher.show(session.unread.value, texts.plural(texts.unread, session.unread.value)));
    follow(() => void (launcher.button.hidden = session.opened.value || !options.launcher));
  });
  return {
    open(text, takesFocus) {
      session.open(takesFocus);
      if (text) session.wantedText.value = text;
    },
    close: () => session.close(),
    get isOpen() {
      return session.opened.value;
    },
    get unread() {
      return session.unread.value;
    },
    signIn: token => session.signIn(token),
    forget: () => session.forget(),
    remove() {
      stop();
      session.dispose();
    },
  };
}

const createClient: CreateClient = (options, token) =>
  createConsumerClient({
    server: options.server,
    account: options.account,
    ...(options.skill && { skillId: options.skill }),
    ...(token && { identity: { token, ...(options.connector && { connector: options.connector }) } }),
    context: { type: 'SharkContext', lang: options.language },
  });
