import type { User } from '@parley/client/admin';
import { toast } from '@parley/ui';
import { useAdministration } from '../context';
import { AddDialog } from '../form/AddDialog';

interface PasswordDialogProps {
  readonly user: User;
  /** With the one that was made. */
  onMade(password: string): void;
  onClose(): void;
}

export function PasswordDialog({ user, onMade, onClose }: PasswordDialogProps) {
  const { admin } = useAdministration();
  return (
    <AddDialog
      title={`A new password for ${user.nickname}`}
      button="Set password"
      onClose={onClose}
      fields={[{ key: 'password', label: 'Password', hint: 'At least 8 characters. Leave it empty and one is made, and told to you once.' }]}
      onAdd={async ({ password }) => {
        const made = await admin.setPassword(user.id, password === '' ? undefined : password!);
        onClose();
        if (made !== null) onMade(made);
        else toast(`${user.nickname} has a new password`, { tone: 'positive' });
      }}
    >
      <p class="set-quiet">{user.nickname} is logged out everywhere.</p>
    </AddDialog>
  );
}
