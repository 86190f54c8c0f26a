import type { Command } from 'commander';
import type { Bind } from '../cli/program.ts';

export interface DoctorFlags {
  readonly dataDir?: string;
  readonly json?: string;
}

export function addDoctorCommand(program: Command, bind: Bind): void {
  const command = program
    .command('doctor')
    .summary('say which engines work here, and which data sets are at hand')
    .description('Says which engines work on this machine and why others do not, and which data sets are at hand.')
    .option('--data-dir <dir>', 'look here first for data sets')
    .option('--json <file>', 'write it as JSON, too; - is stdout');
  bind(command, async () => (await import('./doctor-report.ts')).doctorCommand);
}
