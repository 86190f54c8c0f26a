import { loadPlugin, registry } from 'losslab';

console.log(Object.keys(registry.models).sort().join(' ')); // ease gmf ials itemknn itempop lightgcn mf mlp neumf ngcf
console.log(registry.losses.bsl!.source); // Wu et al., ICDE 2024, eq. 18

const file = new URL('./ccl.ts', import.meta.url).pathname;
const { plugins, name } = await loadPlugin(registry, 'loss', file);
console.log(name, plugins.losses[name]!.summary.startsWith('Cosine')); // my-ccl true
