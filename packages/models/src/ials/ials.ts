/**
 * iALS: matrix factorisation by alternating least squares. Rendle et al., "Revisiting the Performance of iALS on Item
 * Recommendation Benchmarks", RecSys 2022; eq. 23 of Jin & Li, 2023:
 *
 *     L = Σ_{(u,i)∈S} (ŷ_ui − 1)² + α₀ Σ_u Σ_i ŷ_ui²
 *         + λ ( Σ_u (|I_u⁺| + α₀|I|)^ν ‖w_u‖² + Σ_i (|U_i⁺| + α₀|U|)^ν ‖h_i‖² ),      ŷ_ui = ⟨w_u, h_i⟩
 *
 * Debiased (§3.2), its first line becomes Σ_u [ Σ_{i∈I_u⁺} c_u ( (ŷ_ui − 1)² − α₀ ŷ_ui² ) + α₀ Σ_i ŷ_ui² ], c_u = |I| τ_u⁺ / |I_u⁺|.
 * Theorem 1, derived afresh: for c_u = c and α₀ < 1 a half-step of it is one of iALS with α₀′ = α₀ / ((1 − α₀) c) and λ_r′ =
 * λ_r / ((1 − α₀) c), times 1 / (1 − α₀). One λ′ serves all rows where ν = 0 only.
 */
import { initialValues, normal } from '@losslab/backend';
import type { FittedModel, ModelContext, ModelDefinition } from '@losslab/core';
import { loadedArray } from '../loaded.ts';
import { confidences } from './confidence.ts';
import { type Factors, fitIals } from './fit.ts';
import { type IalsOptions, ialsOptions } from './options.ts';

function createIals(options: IalsOptions, { facts, seed, scope = '' }: ModelContext): FittedModel {
  const { dimension, deviation, alpha0, debiased } = options;
  const { userCount, itemCount, userDegrees } = facts;
  if (debiased !== 'no') confidences(options, alpha0, userDegrees, itemCount);
  const initial = (): Float32Array => {
    const shape = { name: `${scope}items`, rows: itemCount, dimension, seed };
    return initialValues(normal(deviation / Math.sqrt(dimension)), shape);
  };
  let factors: Factors = { users: new Float32Array(userCount * dimension), items: initial() };
  const shapes = { users: [userCount, dimension], items: [itemCount, dimension] } as const;
  return {
    kind: 'fitted',
    name: 'ials',
    async fit(data, signal) {
      factors = await fitIals(data, initial(), options, signal);
    },
    ranker: () => ({ kind: 'factors', userCount, itemCount, dimension, ...factors, dispose: () => {} }),
    arrays: () => ({
      users: { shape: shapes.users, data: factors.users.slice() },
      items: { shape: shapes.items, data: factors.items.slice() },
    }),
    load(arrays) {
      factors = {
        users: loadedArray(arrays, 'users', shapes.users, Float32Array),
        items: loadedArray(arrays, 'items', shapes.items, Float32Array),
      };
    },
  };
}

export const ials: ModelDefinition<IalsOptions> = {
  kind: 'model',
  name: 'ials',
  fitted: true,
  summary: 'Matrix factorisation by alternating least squares on all pairs; plain or debiased.',
  source: 'Rendle et al., RecSys 2022; Jin & Li, 2023, eq. 23',
  options: ialsOptions,
  create: createIals,
};
