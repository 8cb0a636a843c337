import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkout } from './paths';

interface Results {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numRuntimeErrorTestSuites: number;
}

/**
 * `npm test`: lint, then every unit, component and journey test in one run of jest. The build has been done by the launcher. Ends with the
 * plain line `N passed, N failed`. A lint error or a test file that does not load counts as a failed test.
 */
const bin = (name: string): string => join(checkout, 'node_modules', '.bin', name);
const environment = { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false', FORCE_COLOR: '0' };
const show = (program: string, args: string[]): number => {
  console.log(`\n▸ ${[program, ...args].join(' ')}`);
  return spawnSync(bin(program), args, { cwd: checkout, stdio: 'inherit', env: environment }).status ?? 1;
};

const folder = mkdtempSync(join(tmpdir(), 'okienko-results-'));
const file = join(folder, 'results.json');
let failures = 0;
if (show('nx', ['sync:check']) !== 0) failures += 1;
if (show('nx', ['run-many', '-t', 'lint', '--outputStyle=static']) !== 0) failures += 1;
if (show('prettier', ['--check', '--log-level=warn', '.']) !== 0) failures += 1;
const projects = (
  JSON.parse(readFileSync(join(checkout, 'tsconfig.json'), 'utf8')) as { references: { path: string }[] }
).references.map(({ path }) => path);
const arguments_ = process.argv.slice(2);
const jest = show('jest', [
  '--projects',
  ...projects,
  '--maxWorkers=2',
  '--json',
  `--outputFile=${file}`,
  '--testTimeout=60000',
  ...(arguments_.length > 0 ? ['--', ...arguments_] : []),
]);

let results: Results = { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0, numRuntimeErrorTestSuites: 0 };
try {
  results = JSON.parse(readFileSync(file, 'utf8')) as Results;
} catch {
  console.error('The test run wrote no results.');
}
rmSync(folder, { recursive: true, force: true });
failures += results.numFailedTests + results.numRuntimeErrorTestSuites;
if (jest !== 0 && failures === 0) failures = 1;
const skipped = results.numPendingTests > 0 ? `, ${results.numPendingTests} skipped` : '';
console.log(`\n${results.numPassedTests} passed, ${failures} failed${skipped}`);
process.exitCode = failures === 0 ? 0 : 1;
