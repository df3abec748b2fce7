import type { ComponentChildren } from 'preact';
import { Banner, IconButton } from '@parley/ui';
import { go } from '../place';

interface SectionProps {
  readonly title: string;
  readonly intro?: ComponentChildren;
  /** Says that nothing can be changed here, and why. */
  readonly locked?: boolean;
  readonly children: ComponentChildren;
}

/** One page of settings. */
export function Section({ title, intro, locked = false, children }: SectionProps) {
  return (
    <div class="set-section">
      <header class="set-section-head">
        <IconButton class="set-back" icon="arrowLeft" label="All settings" onClick={() => go(null)} />
        <div>
          <h2>{title}</h2>
          {intro && <p class="set-intro">{intro}</p>}
        </div>
      </header>
      {locked && <Banner icon="lock">You may look at this. Administrators change it.</Banner>}
      {children}
    </div>
  );
}
