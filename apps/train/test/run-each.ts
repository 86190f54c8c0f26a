// Runs the command lines of its argument and writes what each printed and exited with, as JSON.
import { main } from '../src/cli/main.ts';

const [stdout, stderr] = [process.stdout.write, process.stderr.write];
const results = [];
for (const args of JSON.parse(process.argv[2]!) as string[][]) {
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    process[name].write = (text: string | Uint8Array) => {
      written[name] += text;
      return true;
    };
  }
  const code = await main(args);
  results.push({ code, ...written });
}
process.stdout.write = stdout;
process.stderr.write = stderr;
process.stdout.write(JSON.stringify(results));
