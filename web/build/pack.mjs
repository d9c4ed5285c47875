// Leaves a brotli and a gzip form beside every file of the build, and says how large the first screen
// is: what index.html loads before anybody clicked.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const site = new URL('../dist/site/', import.meta.url).pathname;
const assets = join(site, 'assets');
const sizes = new Map();

for (const name of readdirSync(assets)) {
  if (/\.(br|gz)$/.test(name)) continue;
  const body = readFileSync(join(assets, name));
  const gzip = gzipSync(body, { level: 9 });
  const brotli = brotliCompressSync(body, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
  });
  sizes.set(name, gzip.length);
  if (gzip.length < body.length) writeFileSync(join(assets, name + '.gz'), gzip);
  if (brotli.length < body.length) writeFileSync(join(assets, name + '.br'), brotli);
}

const index = readFileSync(join(site, 'index.html'), 'utf8');
const first = [...index.matchAll(/\/assets\/([^"]+)/g)].map((m) => m[1]).filter((n) => /\.(js|css)$/.test(n));
const total = first.reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0);
console.log(`first load: ${first.length} files, ${(total / 1000).toFixed(1)} kB gzip`);
