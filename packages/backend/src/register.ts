import { registerFused } from './fused/register.ts';
import { registerOwn } from './ops/register.ts';
import { registerSimd, SIMD } from './simd/index.ts';

registerOwn(SIMD, registerFused);
registerSimd();
