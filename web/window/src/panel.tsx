import { createConsumerClient } from '@parley/client';
import { effect } from '@preact/signals-core';
import { render } from 'preact';
import { languages } from './i18n/languages';
import { textsOf } from './i18n/texts';
import type { WindowOptions } from './loader/options';
import { Session, type SessionParts } from './model/session';
import type { Attached, Stage } from './stage';
import { Announcer } from './view/Announcer';
import { Surrounding } from './view/context';
import { Panel } from './view/Panel';
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
  const place = document.createElement('div');
  root.append(place);
  const stop = effect(() => {
    const unread = session.unread.value;
    launcher.show(unread, texts.plural(texts.unread, unread));
    launcher.button.hidden = session.opened.value || !options.launcher;
  });
  render(
    <Surrounding.Provider value={{ session, texts, options }}>
      <Panel launcher={launcher.button} />
      <Announcer />
    </Surrounding.Provider>,
    place,
  );
  return {
    open(text) {
      if (text) session.wantedText.value = text;
      session.open();
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
      render(null, place);
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
