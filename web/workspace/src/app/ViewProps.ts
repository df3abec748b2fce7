import type { AgentClient } from '@parley/client';
import type { AdminClient } from '@parley/client/admin';
import type { Directory } from './Directory';

/**
 * What the lazily loaded views get: `src/manager/index.ts` and `src/settings/index.ts` each export such a component as default.
 * It is drawn while the path begins with `/workspace/manager` or `/workspace/settings`; what follows is the view's own: read
 * `path` of `@parley/ui`, go with `navigate`. It fills its place (`height: 100%`, scrolling inside) and brings one `<h1>`.
 * The rail, toasts, tooltips, the sheet of keys, the banner of the connection are there already. Styles: `import './x.css'`. What else
 * the workspace knows is had with `useWorkspace()`.
 */
export interface ViewProps {
  readonly client: AgentClient;
  readonly admin: AdminClient;
  readonly directory: Directory;
}
