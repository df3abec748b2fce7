import { Button, Dialog, toast } from '@parley/ui';

/** A password that was made, told once. */
export function PasswordTold({ who, password, onClose }: { who: string; password: string; onClose(): void }) {
  const copy = () =>
    navigator.clipboard?.writeText(password).then(
      () => toast('Copied'),
      () => toast('The browser does not let us copy; select it and copy it yourself.'),
    );
  return (
    <Dialog
      title={`The password of ${who}`}
      size="small"
      onClose={onClose}
      footer={
        <Button kind="primary" onClick={onClose}>
          I have noted it
        </Button>
      }
    >
      <p>Give it to {who} now. It is not kept and cannot be shown again.</p>
      <div class="set-password">
        <output class="set-password-text" data-password>
          {password}
        </output>
        <Button icon="copy" data-autofocus onClick={() => void copy()}>
          Copy
        </Button>
      </div>
    </Dialog>
  );
}
