import { availableParallelism, cpus, freemem, platform, release, totalmem } from 'node:os';
import { engineReport } from '@losslab/backend';
import { locate, REGISTRY, searchPath } from '@losslab/data';
import { formatBytes, formatTextTable } from '@losslab/report';
import manifest from '../../package.json' with { type: 'json' };
import { commandLine } from '../cli/command-name.ts';
import { makeOutput } from '../cli/output.ts';
import type { DoctorFlags } from './doctor.ts';

/** `losslab doctor`. Nothing is selected, fetched or changed. */
export async function doctorCommand({ dataDir, json }: DoctorFlags): Promise<number> {
  const output = makeOutput(json);
  const facts = machineFacts();
  const engines = engineReport();
  const searched = searchPath(dataDir);
  const data = Object.fromEntries(
    [...REGISTRY.values()].flatMap((entry) => {
      const found = locate(entry, searched);
      return found === undefined ? [] : [[entry.name, found.folder] as const];
    }),
  );
  output.print(pairs(Object.entries(facts)));
  output.print(`\n${engineTable(engines)}`);
  const found = Object.entries(data);
  output.print(`\ndata sets in ${searched.join(', ')}:`);
  output.print(found.length === 0 ? `none; ${commandLine('data fetch ml-100k')}` : pairs(found));
  await output.writeJson({ ...facts, engines, data, searched });
  return engines.some(({ works }) => works) ? 0 : 1;
}

function machineFacts(): Record<string, string> {
  return {
    losslab: manifest.version,
    node: process.versions.node,
    system: `${platform()} ${release()} ${process.arch}`,
    cpu: `${cpus()[0]?.model.trim() ?? 'unknown'}, ${availableParallelism()} cores for this process`,
    memory: `${formatBytes(totalmem())}, ${formatBytes(freemem())} free`,
  };
}

function engineTable(engines: ReturnType<typeof engineReport>): string {
  return formatTextTable({
    columns: [{ heading: 'engine' }, { heading: 'works' }, { heading: 'what it is, or why not' }],
    rows: engines.map(({ name, works, detail }) => [name, works ? 'yes' : 'no', detail]),
  });
}

function pairs(entries: readonly (readonly [string, string])[]): string {
  const width = Math.max(...entries.map(([name]) => name.length));
  return entries.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n');
}
