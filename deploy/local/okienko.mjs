#!/usr/bin/env node
// `npx okienko …` in a checkout; elsewhere the one file dist/bundle/okienko.cjs does the same with any Node from 22 on.
process.argv.splice(2, 0, 'okienko');
await import('./run.mjs');
