import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

const program = (text: string): string[] => [
  '-e',
  `const { logOf } = require('@okienko/chassis/logger'); const log = logOf('cases', 'info'); ${text}`,
];
const here = { cwd: __dirname, encoding: 'utf8' } as const;
const saidIn = (lines: string): unknown[] =>
  lines
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { msg: unknown }).msg);

describe('log lines', () => {
  it.each([
    ['exits', 'process.exit(3)', 3],
    ['fails', 'throw new Error("on purpose")', 1],
    ['has nothing more to do', '', 0],
  ])('are all written, in order, when a process %s', (_, end, code) => {
    const { stdout, status } = spawnSync(
      process.execPath,
      program(`for (let n = 0; n < 1000; n += 1) log.info(String(n)); ${end}`),
      here,
    );
    expect(status).toBe(code);
    expect(saidIn(stdout)).toEqual(Array.from({ length: 1000 }, (__, n) => String(n)));
  });

  it('do not wait for more to come', async () => {
    const child = spawn(process.execPath, program(`log.info('one'); setInterval(() => {}, 1000)`), here);
    try {
      const [line] = (await once(child.stdout, 'data')) as [Buffer];
      expect(saidIn(line.toString())).toEqual(['one']);
    } finally {
      child.kill('SIGKILL');
    }
  });
});
