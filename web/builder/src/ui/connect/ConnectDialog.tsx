import { Banner, Button, Dialog, Select, Tabs, TextArea, TextInput, Checkbox } from '@parley/ui';
import { useSignal } from '@preact/signals';
import { type Side, type Version, versions } from '../../connection/address';
import { IdentityError } from '../../connection/identity';
import { useBench } from '../bench';

const versionNames: Readonly<Record<Version, string>> = { '3': '3 (current)', '2': '2', '2.1': '2.1 (shows suggested agents)' };

/** Opens another connection: as somebody new, with a login, or with a token that is pasted. */
export function ConnectDialog({ onClose }: { onClose(): void }) {
  const bench = useBench();
  const side = useSignal<Side>('consumer');
  const version = useSignal<Version>('3');
  const name = useSignal('');
  const password = useSignal('');
  const token = useSignal('');
  const byHand = useSignal(false);
  const busy = useSignal(false);
  const error = useSignal<string | null>(null);
  const demo = bench.demo.value;
  const isConsumer = side.value === 'consumer';

  const attempt = async (connect: () => Promise<void> | void) => {
    if (bench.account.peek().trim() === '') {
      error.value = 'Say which account.';
      return;
    }
    busy.value = true;
    error.value = null;
    try {
      await connect();
      onClose();
    } catch (caught) {
      if (!(caught instanceof IdentityError)) throw caught;
      error.value = caught.message;
    } finally {
      busy.value = false;
    }
  };
  const withToken = () =>
    attempt(() => {
      const pasted = token.peek().trim();
      if (isConsumer) bench.connectConsumer(version.peek(), pasted, byHand.peek());
      else bench.connect('agent', version.peek(), pasted, 'bearer');
    });

  return (
    <Dialog title="Connect" onClose={onClose}>
      <Tabs
        label="Side"
        selected={side.value}
        onSelect={id => {
          side.value = id;
          version.value = versions[id][0]!;
          token.value = '';
          error.value = null;
        }}
        tabs={[
          { id: 'consumer', label: 'As a consumer' },
          { id: 'agent', label: 'As an agent or bot' },
        ]}
      >
        <div class="b-connect">
          {error.value && <Banner tone="danger">{error.value}</Banner>}
          <div class="b-connect-row">
            <TextInput label="Account" value={bench.account.value} autocomplete="off" spellcheck={false} onValue={value => (bench.account.value = value)} />
            <Select label="Version" value={version.value} options={versions[side.value].map(value => ({ value, label: versionNames[value] }))} onValue={value => (version.value = value as Version)} />
          </div>
          {isConsumer ? (
            <>
              <Button kind="primary" busy={busy.value} data-autofocus onClick={() => void attempt(() => bench.connectNewConsumer(version.peek(), byHand.peek()))}>
                New anonymous consumer
              </Button>
              {version.value === '3' && <Checkbox label="I send InitConnection myself" checked={byHand.value} onChange={checked => (byHand.value = checked)} />}
            </>
          ) : (
            <>
              {demo && demo.agents.length > 0 && (
                <div class="b-connect-demo">
                  {demo.agents.map(agent => (
                    <Button key={agent.login} kind="primary" busy={busy.value} onClick={() => void attempt(() => bench.connectAgent(version.peek(), agent.login, agent.password))}>
                      {`Log in as ${agent.login}`}
                    </Button>
                  ))}
                </div>
              )}
              <form
                class="b-connect-row"
                onSubmit={event => {
                  event.preventDefault();
                  void attempt(() => bench.connectAgent(version.peek(), name.peek(), password.peek()));
                }}
              >
                <TextInput label="Login name" value={name.value} autocomplete="username" required onValue={value => (name.value = value)} />
                <TextInput label="Password" type="password" value={password.value} autocomplete="current-password" required onValue={value => (password.value = value)} />
                <Button type="submit" busy={busy.value}>
                  Log in
                </Button>
              </form>
            </>
          )}
          <form
            class="b-connect-token"
            onSubmit={event => {
              event.preventDefault();
              void withToken();
            }}
          >
            <TextArea
              label={isConsumer ? 'Or a consumer’s token (LP_JWT)' : 'Or a bearer'}
              hint="Kept in memory alone: not in the address of the page, not in storage, not in what is saved."
              rows={2}
              autocomplete="off"
              spellcheck={false}
              value={token.value}
              onValue={value => (token.value = value)}
            />
            <Button type="submit" disabled={token.value.trim() === ''}>
              Connect with it
            </Button>
          </form>
        </div>
      </Tabs>
    </Dialog>
  );
}
