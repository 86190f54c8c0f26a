import { engineInfo } from '@losslab/backend';
import type { Session } from '@losslab/core';
import { checkouts, machine, versions } from '#machine';
import type { Run } from './run.ts';

/** Notes in the run, and in its folder, that this process takes part from an epoch on. */
export function beginSession(run: Run, epoch: number): Session {
  const { command, versions: further } = run.parts;
  const git = checkouts();
  const session: Session = {
    startedAt: run.startedAt,
    epoch,
    ...(command !== undefined && { command }),
    engine: engineInfo(),
    versions: { ...versions(), ...further },
    machine: machine(),
    ...(Object.keys(git).length > 0 && { git }),
  };
  run.sessions.push(session);
  run.folder?.writeSessions(run.sessions);
  return session;
}
