import react from '@vitejs/plugin-react';
import type { HtmlTagDescriptor, Plugin, Rollup } from 'vite';
import { defineConfig } from 'vitest/config';

/** Names in the page what the entry asks for first, so that the browser fetches both at once. */
function preloadStart(): Plugin {
  return {
    name: 'preload-start',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle = {}, chunk: entry }) => {
        const chunks = Object.values(bundle).filter((each) => each.type === 'chunk');
        const start = chunks.find((each) => each.moduleIds.some((id) => id.endsWith('/src/start.tsx')));
        if (!start) throw new Error('start.tsx is no chunk of its own: nothing to preload');
        return needed(start, chunks)
          .filter((name) => name !== entry?.fileName)
          .map((name): HtmlTagDescriptor => ({
            tag: 'link',
            attrs: { rel: 'modulepreload', crossorigin: true, href: `/${name}` },
            injectTo: 'head',
          }));
      },
    },
  };
}

/** A chunk and all that it imports. */
function needed(chunk: Rollup.OutputChunk, chunks: Rollup.OutputChunk[], found = new Set<string>()): string[] {
  if (!found.has(chunk.fileName)) {
    found.add(chunk.fileName);
    for (const each of chunks) if (chunk.imports.includes(each.fileName)) needed(each, chunks, found);
  }
  return [...found];
}

// The build goes below dist/, which the program embeds. Names carry the hash of the content, so that
// the server may call every file immutable. `npm run dev` serves the source and hands the API on.
export default defineConfig({
  plugins: [react(), preloadStart()],
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
