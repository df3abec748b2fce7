import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { ErrorState, Skeleton } from '@parley/ui';
import type { Resource } from '../Resource';

interface LoadedProps<T> {
  readonly resource: Resource<T>;
  /** What it is, in words: `The skills`. */
  readonly name: string;
  readonly shape?: 'lines' | 'rows';
  children(value: T): ComponentChildren;
}

/** Fetches something when it is shown; says so while it is not there, or why it is not. */
export function Loaded<T>({ resource, name, shape = 'lines', children }: LoadedProps<T>) {
  useEffect(() => void resource.load(), [resource]);
  const value = resource.value.value;
  if (value !== null) return <>{children(value)}</>;
  return resource.error.value === null ? (
    <Skeleton label={name} rows={6} shape={shape} />
  ) : (
    <ErrorState title={`${name} cannot be shown`} onRetry={() => void resource.load()}>
      {resource.error.value}
    </ErrorState>
  );
}
