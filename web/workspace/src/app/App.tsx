import { KeySheet, Toasts, Tooltips } from '@parley/ui';
import { Login } from './Login';
import { session } from './session';
import { Shell } from './Shell';
import { WorkspaceProvider } from './Workspace';

export function App() {
  const workspace = session.value;
  return (
    <>
      {workspace === null ? (
        <Login />
      ) : (
        <WorkspaceProvider value={workspace}>
          <Shell />
        </WorkspaceProvider>
      )}
      <Toasts />
      <Tooltips />
      <KeySheet />
    </>
  );
}
