import { styleText } from 'node:util';
import type { TextStyle } from '@losslab/report';

const styles = { strong: 'bold', muted: 'dim', good: 'green', bad: 'red' } as const;

/** How tables look on a stream: bold and colours on a terminal (unless NO_COLOR says otherwise), plain text in a pipe. */
export function terminalStyle(stream: NodeJS.WriteStream): TextStyle {
  return (text, tone) => (tone === 'plain' ? text : styleText(styles[tone], text, { stream }));
}
