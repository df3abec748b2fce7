import { useEffect } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { Button, Dialog, guardLeaving, navigate } from '@parley/ui';
import { discardAll, saveAll, wouldLose } from './model/unsaved';

/** Leaving saves what was typed; what cannot be saved is asked about. */
export function LeaveGuard() {
  const asking = useSignal<{ readonly to: string; readonly fields: readonly { readonly label: string; readonly why: string }[] } | null>(null);
  useEffect(() => {
    guardLeaving((to) => {
      const left = saveAll();
      if (left.length === 0) return true;
      asking.value = { to, fields: left.map((field) => ({ label: field.label, why: field.error.peek() ?? '' })) };
      return false;
    });
    const unload = (event: BeforeUnloadEvent) => {
      if (!wouldLose()) return;
      saveAll();
      event.preventDefault();
    };
    addEventListener('beforeunload', unload);
    return () => {
      guardLeaving(null);
      removeEventListener('beforeunload', unload);
    };
  }, []);
  const stay = () => (asking.value = null);
  const leave = () => {
    const to = asking.value!.to;
    asking.value = null;
    discardAll();
    navigate(to);
  };
  return asking.value === null ? null : (
    <Dialog
      title="Leave without saving?"
      size="small"
      onClose={stay}
      footer={
        <>
          <Button onClick={leave}>Leave without saving</Button>
          <Button kind="primary" data-autofocus onClick={stay}>
            Stay
          </Button>
        </>
      }
    >
      <ul class="set-unsaved">
        {asking.value.fields.map((field) => (
          <li key={field.label}>
            <strong>{field.label}</strong> is not saved. {field.why}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
