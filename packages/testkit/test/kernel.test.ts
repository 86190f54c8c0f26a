import { kernels } from '@losslab/kernels';
import { addMatchers, failuresOf, type KernelContract, kernelChecks, testKernel } from '@losslab/testkit';
import { expect, test } from 'vitest';

addMatchers();

const sum: KernelContract = {
  name: 'sum of two vectors',
  run: (x, y) => x.map((value, k) => value + y[k]!),
  naive: (x, y) => x.map((value, k) => value + y[k]!),
  tolerance: { relative: 1e-6, absolute: 1e-6 },
};
testKernel(sum);

testKernel({
  name: 'exp of losslab’s own kernels',
  run(x) {
    const { memory, unary } = kernels();
    const view = memory.copyOf(x);
    unary('exp', { x: view, out: view });
    const result = Float32Array.from(view);
    memory.free(view);
    return result;
  },
  naive: (x) => x.map(Math.exp),
  tolerance: { relative: 4e-7 },
});

const wholeNumbers: KernelContract['inputs'] = (length, random) => [
  Float32Array.from({ length }, () => random.int(100)),
];
testKernel({
  name: 'reverse',
  inputs: wholeNumbers,
  run: (x) => x.slice().reverse(),
  naive: (x) => x.slice().reverse(),
});

test('a kernel that is right for four numbers and wrong past the first step', async () => {
  const firstStep = (x: Float32Array, y: Float32Array): Float32Array =>
    x.map((value, k) => (k < 4 ? value + y[k]! : value));
  const failures = await failuresOf(kernelChecks({ ...sum, run: firstStep }));
  expect([...failures.keys()]).toEqual(
    [5, 7, 8, 9, 31, 64, 65].map((n) => `agrees with float64 at length ${n}, wherever its inputs begin`),
  );
});

test('a kernel that counts on alignment', async () => {
  const aligned = (x: Float32Array, y: Float32Array): Float32Array =>
    sum.run(x.byteOffset % 16 ? x.map(() => 0) : x, y) as Float32Array;
  expect((await failuresOf(kernelChecks({ ...sum, run: aligned }))).size).toBe(10);
});

test('a tail that is not written', async () => {
  const short = (x: Float32Array, y: Float32Array): Float32Array =>
    (sum.run(x, y) as Float32Array).subarray(0, x.length & ~3);
  const failures = await failuresOf(kernelChecks({ ...sum, run: short }));
  expect(failures.get('agrees with float64 at length 5, wherever its inputs begin')).toBe(
    '[testkit] expected sum of two vectors, offset 0,: 5 numbers, got 4',
  );
});

test('toBeCloseToArray', () => {
  expect([1, 1e4]).toBeCloseToArray([1.000001, 10000.01]);
  expect([1, 2]).not.toBeCloseToArray([1, 2.001]);
  expect([1, 2]).toBeCloseToArray([1, 2.001], { relative: 1e-3 });
  expect(() => expect([1, 2]).toBeCloseToArray([1, 2.5])).toThrow('expected [1] to be 2.5, got 2 (off by -0.5)');
  expect(() => expect([1]).toBeCloseToArray([1, 2])).toThrow('expected 2 numbers, got 1');
  expect([Number.NaN]).not.toBeCloseToArray([0]);
});
