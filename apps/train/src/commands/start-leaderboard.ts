import type { StartFlags } from './start.ts';
export async function startCommand(_flags: StartFlags): Promise<number> {
  return 0;
}
