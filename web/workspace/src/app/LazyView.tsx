import type { ComponentType } from 'preact';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ErrorState, Skeleton } from '@parley/ui';
import { loadsFirstTime, ownBuild, servedBuild } from './build';
import { useWorkspace } from './Workspace';
import type { ViewProps } from './ViewProps';

const loaders = { manager: () => import('../manager'), settings: () => import('../settings') };

const problems = {
  unreachable: 'The server cannot be reached. Is the network there?',
  older: 'The server has a newer version of this page. Try again to load it; what you have written is kept, files that you have chosen are not.',
  broken: 'The server is there, but this view is not.',
};

/** A view of its own bundle, see ViewProps.ts. When the server has another build by now, the page is loaded anew, once. */
export function LazyView({ name }: { readonly name: keyof typeof loaders }) {
  const workspace = useWorkspace();
  const { admin, client, directory } = workspace;
  const view = useSignal<{ readonly draw: ComponentType<ViewProps> } | null>(null);
  const problem = useSignal<keyof typeof problems | null>(null);
  const recover = async (isAsked: boolean) => {
    const served = await servedBuild().catch(() => undefined);
    if (served === undefined) problem.value = 'unreachable';
    else if (isAsked || (served !== null && served !== ownBuild() && !workspace.unfinished.files && loadsFirstTime(served))) location.reload();
    else problem.value = served === ownBuild() ? 'broken' : 'older';
  };
  useEffect(() => {
    problem.value = null;
    loaders[name]().then(
      (module) => (view.value = { draw: module.default }),
      () => recover(false),
    );
  }, [name]);
  if (problem.value !== null) {
    return (
      <ErrorState title="This view could not be loaded" onRetry={() => void recover(true)}>
        {problems[problem.value]}
      </ErrorState>
    );
  }
  if (view.value === null) return <Skeleton label="Loading" shape="blocks" rows={4} />;
  const Draw = view.value.draw;
  return <Draw client={client} admin={admin} directory={directory} />;
}
