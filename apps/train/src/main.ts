#!/usr/bin/env node
import manifest from '../package.json' with { type: 'json' };

console.log(`losslab ${manifest.version}`);
