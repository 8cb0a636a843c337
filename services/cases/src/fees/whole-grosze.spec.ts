import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What would bring a fraction into an amount. Days are divided by days alone. */
const fractions =
  /parseFloat|toFixed|Math\.(round|floor|ceil)|\/ *100\b|\* *0?\.\d|\bgrosze\w* *\/|'(numeric|decimal|float|real|double)/i;

const sources = readdirSync(__dirname).filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'));

it.each(sources)('%s counts in whole grosze', (file) => {
  expect(readFileSync(join(__dirname, file), 'utf8')).not.toMatch(fractions);
});
