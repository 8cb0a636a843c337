// Lints texts as if they stood in files, and writes the messages of each. A process of its own: ESLint loads its configuration
// as an ES module, which jest's own module system does not.
import { text } from 'node:stream/consumers';
import { ESLint } from 'eslint';

const [cwd] = process.argv.slice(2);
const eslint = new ESLint({ cwd });
const results = [];
for (const { filePath, code } of JSON.parse(await text(process.stdin))) {
  const [result] = await eslint.lintText(code, { filePath });
  results.push((result?.messages ?? []).map(({ ruleId, message }) => `${ruleId ?? 'error'}: ${message}`));
}
process.stdout.write(JSON.stringify(results));
