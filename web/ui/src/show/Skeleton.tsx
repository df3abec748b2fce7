export interface SkeletonProps {
  /** What is coming, for assistive tools. */
  readonly label: string;
  readonly rows?: number;
  readonly shape?: 'lines' | 'rows' | 'blocks';
}

export function Skeleton({ label, rows = 5, shape = 'lines' }: SkeletonProps) {
  return (
    <div class={`ui-skeleton ui-skeleton-${shape}`} role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, index) => (
        <span key={index} class={`ui-skeleton-bar ui-skeleton-bar-${index % 4}`} />
      ))}
    </div>
  );
}
