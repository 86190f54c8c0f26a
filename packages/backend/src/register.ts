import { registerFused } from './fused/register.ts';
import { registerBetter, registerOwn } from './ops/register.ts';
import { registerSimd, SIMD } from './simd/index.ts';
import { TENSORFLOW } from './tensorflow/library.ts';
import { registerTensorFlow } from './tensorflow/register.ts';

registerOwn(SIMD, registerFused);
registerBetter(TENSORFLOW, registerTensorFlow);
registerSimd();
