import { IconButton, KeySheet, showKeySheet, ThemeSwitch, Toasts, Tooltips } from '@parley/ui';
import { useEffect, useMemo } from 'preact/hooks';
import type { Bench } from '../Bench';
import { BenchContext } from './bench';
import { BuildPane } from './build/BuildPane';
import { CatalogPane } from './catalog/CatalogPane';
import { ConnectionsBar } from './connect/ConnectionsBar';
import { LogPane } from './log/LogPane';
import { LogState } from './log/LogState';
import { Panes } from './Panes';

export function App({ bench }: { readonly bench: Bench }) {
  const log = useMemo(() => new LogState(bench), [bench]);
  useEffect(() => void bench.readDemo(), [bench]);
  return (
    <BenchContext.Provider value={bench}>
      <div class="b-app">
        <header class="b-top">
          <h1>
            Parley <span>Message builder</span>
          </h1>
          <span class="b-grow" />
          <IconButton icon="keyboard" label="All keys" keys="?" onClick={() => showKeySheet()} />
          <ThemeSwitch />
        </header>
        <main class="b-main">
          <Panes
            left={show => <CatalogPane onChoose={() => show('build')} />}
            middle={<BuildPane />}
            right={
              <div class="b-live">
                <ConnectionsBar />
                <LogPane state={log} />
              </div>
            }
          />
        </main>
      </div>
      <KeySheet />
      <Toasts />
      <Tooltips />
    </BenchContext.Provider>
  );
}
