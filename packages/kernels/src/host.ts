interface Builtins {
  fs: typeof import('node:fs');
  os: typeof import('node:os');
  v8: typeof import('node:v8');
  worker_threads: typeof import('node:worker_threads');
}

/** A built-in module of Node; undefined in other hosts. */
export function builtin<Name extends keyof Builtins>(name: Name): Builtins[Name] | undefined {
  const host = (globalThis as { process?: { getBuiltinModule?(name: string): unknown } }).process;
  return host?.getBuiltinModule?.(`node:${name}`) as Builtins[Name] | undefined;
}
