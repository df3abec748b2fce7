import { EmptyState } from '@parley/ui';
import type { ViewProps } from '../app/ViewProps';

export default function Settings(_: ViewProps) {
  return <EmptyState icon="settings" title="Settings" />;
}
