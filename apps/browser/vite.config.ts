import { defaultClientConditions, defineConfig } from 'vite';

/** With these a page is cross-origin isolated, and its workers may share memory: threads. */
export const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig({
  base: './',
  resolve: { conditions: ['@losslab/source', ...defaultClientConditions] }, // losslab from source; elsewhere no such line
  worker: { format: 'es' },
  server: { headers: isolation },
  preview: { headers: isolation },
  build: { target: 'es2023', chunkSizeWarningLimit: 3000 },
});
