import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Banner, Button, Icon, TextInput } from '@parley/ui';
import { wordsOf } from './attempt';
import { logIn, rememberedAccount, session } from './session';

interface Demo {
  readonly account: string;
  readonly agents: readonly { readonly login: string; readonly password: string; readonly role: string }[];
}

/** Where an agent says who he is. A server in demo mode tells its logins; then one click is enough to be online. */
export function Login() {
  const account = useSignal(new URLSearchParams(location.search).get('account') ?? rememberedAccount() ?? '');
  const login = useSignal('');
  const password = useSignal('');
  const busy = useSignal<string | null>(null);
  const error = useSignal<string | null>(null);
  const demo = useSignal<Demo | null>(null);
  useEffect(() => {
    void fetch('/demo.json')
      .then(async (answer) => {
        if (!answer.ok) return;
        const told = (await answer.json()) as Demo;
        demo.value = told;
        if (account.value === '') account.value = told.account;
      })
      .catch(() => undefined);
  }, []);
  const go = async (as: string, secret: string, who: string) => {
    busy.value = who;
    error.value = null;
    try {
      await logIn(account.value.trim(), as.trim(), secret);
    } catch (reason) {
      const code = (reason as { code?: unknown }).code;
      error.value =
        code === 401 || code === 403
          ? 'Account, login or password is not right.'
          : code === 429
            ? 'Too many tries. Wait a minute, then try again.'
            : reason instanceof TypeError || code === 0
              ? 'The server cannot be reached. Is the network there?'
              : `It did not work: ${wordsOf(reason)}`;
    } finally {
      busy.value = null;
    }
  };
  return (
    <main class="login">
      <div class="login-box">
        <div class="login-brand">
          <Icon name="conversations" size={24} />
          <h1>Log in to Parley</h1>
        </div>
        {error.value !== null && <Banner tone="danger">{error.value}</Banner>}
        <form
          class="login-form"
          onSubmit={(event) => {
            event.preventDefault();
            void go(login.value, password.value, 'form');
          }}
        >
          <TextInput label="Account" value={account.value} onValue={(value) => (account.value = value)} autocomplete="organization" autocapitalize="none" spellcheck={false} required />
          <TextInput label="Login name" value={login.value} onValue={(value) => (login.value = value)} autocomplete="username" autocapitalize="none" spellcheck={false} required />
          <TextInput label="Password" type="password" value={password.value} onValue={(value) => (password.value = value)} autocomplete="current-password" required />
          <Button type="submit" kind="primary" busy={busy.value === 'form'}>
            Log in
          </Button>
        </form>
        {demo.value !== null && (
          <section class="login-demo" aria-label="Demo logins">
            <p>This server runs as a demo. Log in as</p>
            <div class="login-demo-buttons">
              {demo.value.agents.map((agent) => (
                <Button
                  key={agent.login}
                  icon={agent.role === 'agent' ? 'user' : 'users'}
                  busy={busy.value === agent.login}
                  onClick={() => {
                    account.value = demo.value!.account;
                    void go(agent.login, agent.password, agent.login).then(() => session.value?.client.setState('ONLINE').catch(() => undefined));
                  }}
                >
                  {agent.login} ({agent.role === 'admin' ? 'administrator' : agent.role})
                </Button>
              ))}
            </div>
          </section>
        )}
      </div>
    </main>
  );
}
