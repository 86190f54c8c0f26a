import type { Recommended, Told } from './messages.ts';

type Of<Kind extends Told['kind']> = Extract<Told, { kind: Kind }>;

export function element<E extends HTMLElement>(id: string): E {
  return document.getElementById(id) as E;
}

const count = (n: number): string => n.toLocaleString('en-US');

function put(id: string, text: string): void {
  element(id).textContent = text;
}

/** Clears what the last training left. */
export function startOver(): void {
  for (const id of ['warning', 'error']) element(id).hidden = true;
  for (const id of ['engine', 'build-used', 'threads-used', 'step-time', 'test']) put(id, '–');
  for (const id of ['recommended', 'keep']) element(id).replaceChildren();
  element('results').hidden = true;
  put('status', 'Loading …');
}

export function showEngine({ engine, data, epochs }: Of<'start'>): void {
  put('engine', engine.name);
  put('build-used', engine.build ?? '–');
  put('threads-used', String(engine.threads));
  put(
    'data',
    `${data.name}: ${count(data.users)} users, ${count(data.items)} items, ${count(data.train)} pairs to train on`,
  );
  put('status', `Training, ${epochs} epochs at most`);
}

export function showProgress({ record, millisecondsPerStep }: Of<'epoch'>): void {
  put('status', `Epoch ${record.epoch}, loss ${record.loss.toFixed(4)}`);
  put('step-time', `${millisecondsPerStep.toFixed(2)} ms`);
}

export function showFinish({ result, joined, recommended }: Of<'finish'>): void {
  const { metrics, bestEpoch, epochs, millisecondsPerStep, engine, status } = result;
  put(
    'status',
    status === 'finished' ? `Finished: best epoch ${bestEpoch} of ${epochs}` : `Stopped after epoch ${epochs}`,
  );
  put('threads-used', joined < engine.threads ? `${engine.threads} (${joined} came up)` : String(engine.threads));
  if (millisecondsPerStep !== undefined) put('step-time', `${millisecondsPerStep.toFixed(2)} ms`);
  const [recall, ndcg] = [metrics['recall@20'], metrics['ndcg@20']];
  if (recall !== undefined && ndcg !== undefined) put('test', `${recall.toFixed(4)} / ${ndcg.toFixed(4)}`);
  element('recommended').replaceChildren(...recommended.map(rowOf));
  offer(result);
  element('results').hidden = false;
}

function rowOf({ user, items }: Recommended): HTMLTableRowElement {
  const row = document.createElement('tr');
  const head = document.createElement('th');
  head.scope = 'row';
  head.textContent = user;
  row.append(head, ...items.map(cellOf));
  return row;
}

function cellOf({ item, heldOut }: Recommended['items'][number]): HTMLTableCellElement {
  const cell = document.createElement('td');
  cell.textContent = heldOut ? `${item} ✓` : item;
  if (heldOut) cell.className = 'hit';
  return cell;
}

/** The whole result, as `losslab train` writes it, to keep. */
function offer(result: object): void {
  const link = document.createElement('a');
  link.download = 'result.json';
  link.textContent = 'Save result.json';
  link.href = URL.createObjectURL(new Blob([JSON.stringify(result, undefined, 2)], { type: 'application/json' }));
  element('keep').replaceChildren(link);
}

export function showWarning(message: string): void {
  put('warning', message);
  element('warning').hidden = false;
}

export function showError(message: string): void {
  put('error', message);
  element('error').hidden = false;
  put('status', 'Not trained');
}

put('isolation', crossOriginIsolated ? 'yes' : 'no: one thread');
