import type { LossName, Wish } from './messages.ts';
import { element } from './view.ts';

const input = (id: string): HTMLInputElement => element(id);
const select = (id: string): HTMLSelectElement => element(id);
const numberIn = (id: string): number | undefined => (input(id).value === '' ? undefined : input(id).valueAsNumber);

/** What the person asks for. */
export function readForm(): Wish {
  const file = input('file').files?.[0];
  const [minRating, threads] = [numberIn('min-rating'), numberIn('threads')];
  return {
    ...(file && { file }),
    ...(file && minRating !== undefined && { minRating }),
    loss: select('loss').value as LossName,
    epochs: numberIn('epochs') ?? 40,
    seed: numberIn('seed') ?? 1,
    build: select('build').value as Wish['build'],
    ...(threads !== undefined && { threads }),
  };
}

/** While it trains one can stop, else start. */
export function setRunning(isRunning: boolean): void {
  element<HTMLButtonElement>('start').disabled = isRunning;
  element<HTMLButtonElement>('stop').disabled = !isRunning;
}

/** Files may be dropped anywhere on the page. */
addEventListener('dragover', (event) => {
  event.preventDefault();
  document.body.classList.add('dropping');
});
addEventListener('dragleave', () => document.body.classList.remove('dropping'));
addEventListener('drop', (event) => {
  event.preventDefault();
  document.body.classList.remove('dropping');
  if (event.dataTransfer?.files.length) input('file').files = event.dataTransfer.files;
});
