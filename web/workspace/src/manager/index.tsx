import { EmptyState } from '@parley/ui';
import type { ViewProps } from '../app/ViewProps';

export default function Manager(_: ViewProps) {
  return <EmptyState icon="chart" title="Manager" />;
}
