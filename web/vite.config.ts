import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// The build goes below dist/, which the program embeds. Names carry the hash of the content, so that
// the server may call every file immutable. `npm run dev` serves the source and hands the API on.
export default defineConfig({
  plugins: [react()],
  build: {
    outDir: 'dist/site',
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
  worker: { format: 'es' },
  server: { proxy: { '/v1': 'http://127.0.0.1:8080', '/log': 'http://127.0.0.1:8080' } },
  test: { include: ['test/unit/**/*.test.ts'], environment: 'node' },
});
