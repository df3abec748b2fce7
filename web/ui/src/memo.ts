import { Component, createElement, type ComponentType, type FunctionComponent } from 'preact';

/** A component that is drawn again only when one of its properties is another. */
export function memo<P extends object>(draw: FunctionComponent<P>): ComponentType<P> {
  return class Memo extends Component<P> {
    override shouldComponentUpdate(next: Readonly<P>): boolean {
      const before = this.props as Record<string, unknown>;
      const after = next as Record<string, unknown>;
      for (const name in after) if (before[name] !== after[name]) return true;
      for (const name in before) if (!(name in after)) return true;
      return false;
    }

    render() {
      return createElement(draw, this.props as P);
    }
  } as unknown as ComponentType<P>;
}
