import type { ComponentType } from 'preact';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ErrorState, Skeleton } from '@parley/ui';
import { useWorkspace } from './Workspace';
import type { ViewProps } from './ViewProps';

const loaders = { manager: () => import('../manager'), settings: () => import('../settings') };

/** A view of its own bundle, see ViewProps.ts. */
export function LazyView({ name }: { readonly name: keyof typeof loaders }) {
  const { admin, client, directory } = useWorkspace();
  const view = useSignal<{ readonly draw: ComponentType<ViewProps> } | null>(null);
  const failed = useSignal(false);
  const load = () => {
    failed.value = false;
    void loaders[name]().then(
      (module) => (view.value = { draw: module.default }),
      () => (failed.value = true),
    );
  };
  useEffect(load, [name]);
  if (failed.value) {
    return (
      <ErrorState title="This view could not be loaded" onRetry={() => location.reload()}>
        Perhaps the server was updated meanwhile, or the network is gone.
      </ErrorState>
    );
  }
  if (view.value === null) return <Skeleton label="Loading" shape="blocks" rows={4} />;
  const Draw = view.value.draw;
  return <Draw client={client} admin={admin} directory={directory} />;
}
