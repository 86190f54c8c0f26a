import type { DataProgress } from '@losslab/data';
import { formatBytes } from '@losslab/report';
import cliProgress from 'cli-progress';

/** Something that moves while a command works. */
export interface Bar {
  update(done: number, total: number, text: string): void;
  /** A line that stays above the bar. */
  note(text: string): void;
  /** Clears the bar. */
  stop(): void;
}

/** A bar on a terminal; elsewhere nothing moves, and what is to be said are notes. */
export function makeBar(stream: NodeJS.WriteStream = process.stderr): Bar {
  return stream.isTTY
    ? terminalBar(stream)
    : { update() {}, note: (text) => void stream.write(`${text}\n`), stop() {} };
}

const look = { format: '{bar} {percentage}%  {text}  {eta_formatted} left', barsize: 20, fps: 8 };

function terminalBar(stream: NodeJS.WriteStream): Bar {
  const behaviour = { stream, clearOnComplete: true, hideCursor: true };
  let bars: cliProgress.MultiBar | undefined;
  let bar: cliProgress.SingleBar | undefined;
  const stop = (): void => {
    bars?.stop();
    [bars, bar] = [undefined, undefined];
  };
  process.once('exit', stop); // a second Ctrl-C must not leave the cursor hidden
  return {
    update(done, total, text) {
      bars ??= new cliProgress.MultiBar({ ...look, ...behaviour }, cliProgress.Presets.shades_classic);
      bar ??= bars.create(total, 0, { text });
      if (bar.getTotal() !== total) bar.setTotal(total);
      bar.update(Math.min(done, total), { text });
    },
    note: (text) => (bars === undefined ? void stream.write(`${text}\n`) : bars.log(`${text}\n`)),
    stop,
  };
}

/** Shows the reading and fetching of data; a line for what is fetched where there is no terminal. */
export function dataProgress(bar: Bar): (progress: DataProgress) => void {
  let announced = '';
  return ({ stage, source, done, total }) => {
    if (stage === 'fetch' && source !== announced) {
      bar.note(`fetching ${source}`);
      announced = source;
    }
    const verb = stage === 'fetch' ? 'fetching' : 'reading';
    bar.update(done, total ?? Math.max(done, 1), `${verb} ${source} ${formatBytes(done)}`);
  };
}
