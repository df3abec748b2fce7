import { Button, Dialog } from '@parley/ui';
import { logOut } from './session';
import type { Unfinished } from './Unfinished';

const counted = (count: number, one: string, many: string) => (count === 1 ? `One ${one}` : `${count} ${many}`);

/** Asks before a logout forgets what was written here. */
export function LogOutDialog({ unfinished: { begun, messages }, onStay }: { readonly unfinished: Unfinished; onStay(): void }) {
  return (
    <Dialog
      title="Log out and discard what is not sent?"
      size="small"
      onClose={onStay}
      footer={
        <>
          <Button onClick={() => void logOut()}>Log out and discard</Button>
          <Button kind="primary" data-autofocus onClick={onStay}>
            Stay
          </Button>
        </>
      }
    >
      {messages > 0 && <p>{counted(messages, 'message is', 'messages are')} not on the server yet.</p>}
      {begun > 0 && <p>{counted(begun, 'answer is', 'answers are')} begun and not sent.</p>}
      <p>Nothing of it is left here, so that whoever uses this computer next does not see it.</p>
    </Dialog>
  );
}
