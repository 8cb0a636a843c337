import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { checkout } from '@okienko/local/paths';

/** The short form for the gate: what is judged is what `soak-judging.spec.ts` sees red; memory needs the five minutes of `--short`. */
describe('ten times the peak of Elbląg, and a five-fold spike', () => {
  test('leave nothing open, nothing waiting and nothing grown that should not grow', async () => {
    const command = join(checkout, 'test', 'dist', 'city', 'soak.js');
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [command, '--minutes', '1', '--spike', '10', '--seed', '11'],
      { maxBuffer: 10_000_000 },
    ).catch((error: { stdout?: string }) => ({ stdout: error.stdout ?? String(error) }));
    const [figures = ''] = stdout.trim().split('\n').slice(-1);
    // All of the run is shown when something is missed.
    expect([figures, stdout]).toEqual([expect.stringContaining('"met":true'), stdout]);
    expect((JSON.parse(figures) as { acts: number }).acts).toBeGreaterThan(2_000);
  }, 300_000);
});
