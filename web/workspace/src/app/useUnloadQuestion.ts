import { useEffect } from 'preact/hooks';
import { useWorkspace } from './Workspace';

/** Files live in the page: the browser asks before they go with it. */
export function useUnloadQuestion(): void {
  const workspace = useWorkspace();
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (workspace.unfinished.files) event.preventDefault();
    };
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [workspace]);
}
