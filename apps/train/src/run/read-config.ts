import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LosslabError } from '@losslab/core';
import { parseConfig, type RunConfigInput } from '@losslab/trainer';
import { parseDocument } from 'yaml';

/**
 * Reads a configuration file, JSON or YAML.
 * @throws LosslabError `missing-data` where there is none, `bad-data` naming line and column where it is neither,
 *   `unknown-name` and `bad-option` for its settings.
 */
export function readConfigFile(path: string): RunConfigInput {
  const where = `--config ${path}`;
  const document = parseDocument(readText(path, where), { prettyErrors: true });
  const [error] = document.errors;
  if (error !== undefined) {
    const [{ line, col }] = error.linePos ?? [{ line: 1, col: 1 }];
    const what = error.message.split(' at line ')[0];
    throw new LosslabError(
      'bad-data',
      `[losslab] expected JSON or YAML, got in line ${line}, column ${col}: ${what}; mend it`,
      {
        where,
        cause: error,
      },
    );
  }
  return checked(document.toJS() ?? {}, where);
}

/** The configuration of the run in a folder, or undefined where it holds none. @throws LosslabError `bad-run` */
export function readRunConfig(folder: string): RunConfigInput | undefined {
  const path = join(folder, 'run.json');
  try {
    const record = JSON.parse(readFileSync(path, 'utf8')) as { config?: RunConfigInput } | null;
    if (record?.config !== undefined) return record.config;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
  }
  throw new LosslabError(
    'bad-run',
    `[losslab] expected the configuration of a run in ${path}, got something else; train again in another folder`,
    {
      where: '--out',
    },
  );
}

function readText(path: string, where: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const got = { ENOENT: 'none', EISDIR: 'a folder' }[code ?? ''] ?? code;
    throw new LosslabError('missing-data', `[losslab] expected a file, got ${got}; check the path`, { where, cause });
  }
}

/** Settings are checked here too, so that the error can name the file. */
function checked(config: unknown, where: string): RunConfigInput {
  try {
    parseConfig(config);
  } catch (error) {
    if (!(error instanceof LosslabError)) throw error;
    throw new LosslabError(error.code, error.message.replace(/^\[run\]/, '[losslab]'), { where, cause: error });
  }
  return config as RunConfigInput;
}
