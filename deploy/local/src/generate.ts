import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generatedDocuments } from './generate-documents';
import { checkout } from './paths';
import { run } from './steps';

/** `npm run generate`: writes every generated document anew. */
run(async () => {
  for (const { path, text } of generatedDocuments()) {
    const file = join(checkout, path);
    const changed = !existsSync(file) || readFileSync(file, 'utf8') !== text;
    if (changed) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    console.log(`${changed ? 'written  ' : 'unchanged'}  ${path}`);
  }
});
