// What publint (strict) and are-the-types-wrong say of a package as it is packed.
import { readFileSync } from 'node:fs';
import { checkPackage, createPackageFromTarballData, type Problem } from '@arethetypeswrong/core';
import { problemAffectsResolutionKind, problemKindInfo } from '@arethetypeswrong/core/problems';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import type { Packed } from './pack.ts';

const bytesOf = (tarball: string): Uint8Array<ArrayBuffer> => new Uint8Array(readFileSync(tarball));

/** Every message of publint, suggestions included. */
export async function publintProblems({ tarball }: Packed): Promise<string[]> {
  const { messages, pkg } = await publint({ strict: true, pack: { tarball: bytesOf(tarball).buffer } });
  return messages.map((message) => formatMessage(message, pkg, { color: false }) ?? message.code);
}

const describe = (problem: Problem): string =>
  `${problemKindInfo[problem.kind].title} (${'entrypoint' in problem ? problem.entrypoint : problem.kind})`;

/** The profile `esm-only`: how `import` resolves under node16 and bundlers; `require` from old resolvers does not count. */
export async function typesProblems({ tarball }: Packed): Promise<string[]> {
  const analysis = await checkPackage(createPackageFromTarballData(bytesOf(tarball)));
  if (analysis.types === false) return ['no types'];
  const { problems } = analysis;
  const counts = (problem: Problem): boolean =>
    (['node16-esm', 'bundler'] as const).some((kind) => problemAffectsResolutionKind(problem, kind, analysis));
  return problems.filter(counts).map(describe);
}
