#!/usr/bin/env node
import { main } from './cli/main.ts';
import { watchPipes } from './cli/output.ts';

watchPipes();
process.exitCode = await main(process.argv.slice(2));
