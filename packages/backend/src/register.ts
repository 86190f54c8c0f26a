import { registerSimd } from './simd/index.ts';

registerSimd();
