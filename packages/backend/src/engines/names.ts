export const engineNames = ['auto', 'simd', 'tensorflow-gpu', 'tensorflow', 'webgpu', 'wasm', 'cpu'] as const;

/** `auto` is `tensorflow-gpu` where it works and is faster here, else `simd`. */
export type EngineName = (typeof engineNames)[number];

/** What runs; `auto` stands for one of these. */
export type ConcreteEngine = Exclude<EngineName, 'auto'>;

/** The npm packages that engines come in, where tfjs itself does not bring them. */
export const PACKAGES: Partial<Record<ConcreteEngine, string>> = {
  'tensorflow-gpu': '@tensorflow/tfjs-node-gpu',
  tensorflow: '@tensorflow/tfjs-node',
  webgpu: '@tensorflow/tfjs-backend-webgpu',
  wasm: '@tensorflow/tfjs-backend-wasm',
};

/** What tfjs calls the engine's backend. */
export const backendOf = (engine: ConcreteEngine): string => (engine === 'tensorflow-gpu' ? 'tensorflow' : engine);
