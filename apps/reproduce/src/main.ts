#!/usr/bin/env node
import { runCommand } from './command/program.ts';

process.exitCode = await runCommand(process.argv.slice(2));
