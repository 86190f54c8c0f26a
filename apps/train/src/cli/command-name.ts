/** A command line as the user would have to write it here: in a clone the command is a script of the workspace. */
export function commandLine(args: string): string {
  const isScript = ['losslab', 'start'].includes(process.env.npm_lifecycle_event ?? '');
  return `${isScript ? 'npx -y pnpm@12 losslab' : 'losslab'} ${args}`;
}

/** The command line that was typed. */
export function typedLine(args: readonly string[]): string {
  return commandLine(args.map(quoted).join(' '));
}

/** Quotes an argument for a POSIX shell where it needs that. */
export function quoted(argument: string): string {
  return /^[\w@%+=:,./#-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}
