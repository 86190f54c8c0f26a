#!/usr/bin/env node
import manifest from '../package.json' with { type: 'json' };

console.log(`reproduce ${manifest.version}`);
