import { expect, test } from 'vitest';
import * as exportInBrowsers from '../src/browser/export-run.ts';
import * as folderInBrowsers from '../src/browser/folder.ts';
import * as keptInBrowsers from '../src/browser/kept.ts';
import * as logInBrowsers from '../src/browser/log.ts';
import * as machineInBrowsers from '../src/browser/machine.ts';
import * as exports from '../src/export-run.ts';
import * as folder from '../src/folder.ts';
import * as kept from '../src/kept/kept.ts';
import * as log from '../src/log/log.ts';
import * as machine from '../src/machine.ts';

const names = (module: object): string[] => Object.keys(module).sort();

test('what stands in for files that need Node has their names', () => {
  expect(names(folderInBrowsers)).toEqual(names(folder));
  expect(names(machineInBrowsers)).toEqual(names(machine));
  expect(names(keptInBrowsers)).toEqual(names(kept));
  expect(names(logInBrowsers)).toEqual(names(log));
  expect(names(exportInBrowsers)).toEqual(names(exports));
  expect(exportInBrowsers.EXPORT_FORMATS).toEqual(exports.EXPORT_FORMATS);
});

test('a run in a browser takes no folder', () => {
  expect(() => new folderInBrowsers.RunFolder('runs/first')).toThrow(
    '[trainer] expected no folder in a browser, got runs/first; leave out `out`, and keep the result of the event finish',
  );
});

test('a run in a browser is not exported into a folder', async () => {
  const run = {} as Parameters<typeof exports.exportRun>[0];
  await expect(exportInBrowsers.exportRun(run, { format: 'npy', out: 'exported' })).rejects.toThrow(
    '[trainer] expected no folder in a browser, got exported; encode arrays with encodeSafetensors or encodeNpy',
  );
});

test('other work has its turn', async () => {
  let turns = 0;
  setTimeout(() => turns++);
  while (turns === 0) await machineInBrowsers.otherWork();
  expect(machineInBrowsers.machine()).toMatchObject({ cores: navigator.hardwareConcurrency });
});
