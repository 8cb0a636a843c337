import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkout } from '@okienko/local/paths';
import { blocksOf, namedIn, played, shownAs } from './guide';
import { LocalDeployment } from './local-deployment';

const folder = 'docs/guides';
const guides = readdirSync(join(checkout, folder)).map((name) => `${folder}/${name}`);
const { scripts } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as { scripts: object };

describe('a guide', () => {
  test.each(guides)('%s names commands and options that there are', (guide) => {
    for (const command of namedIn(guide)) {
      const [, run = '', options = ''] = /^npm (?:run )?([\w:-]+)(?: -- (.*))?$/.exec(command) ?? [];
      expect([command, run in scripts]).toEqual([command, true]);
      if (options === '') continue;
      const help = spawnSync(process.execPath, ['deploy/local/run.mjs', run, '--help'], {
        cwd: checkout,
        encoding: 'utf8',
      }).stdout;
      for (const [option] of options.matchAll(/--[\w-]+/g)) expect(help).toContain(option);
    }
  });

  test('that shows what a command does not print is found out', () => {
    expect('ready in 3 s\n').toMatch(shownAs('ready in … s\n'));
    expect('a\nb\nc\n').toMatch(shownAs('a\n…\nc\n'));
    expect('ready in 3 s\nand more\n').not.toMatch(shownAs('ready in … s\n'));
    expect('readyXin 3 s\n').not.toMatch(shownAs('ready.in … s\n'));
  });

  test('whose command fails is found out, by that command', async () => {
    const blocks = [
      { commands: 'echo one\n', expected: undefined },
      { commands: 'echo two; false\n', expected: undefined },
      { commands: 'echo three\n', expected: undefined },
    ];
    await expect(played(blocks, tmpdir(), process.env)).rejects.toThrow(/^Code 1 from\necho two; false\n\ntwo\n/);
  });
});

describe('beside the system that the first guide starts', () => {
  let deployment: LocalDeployment;

  beforeAll(async () => {
    deployment = await LocalDeployment.prepare();
    await deployment.start();
  }, 180_000);
  afterAll(async () => {
    await deployment.stop();
    rmSync(deployment.home, { recursive: true, force: true });
  }, 60_000);

  test.each(guides.filter((guide) => blocksOf(guide).length > 0))(
    '%s does what it says',
    async (guide) => {
      const blocks = blocksOf(guide);
      const outputs = await played(blocks, checkout, deployment.environmentBeside);
      for (const [at, { commands, expected }] of blocks.entries())
        if (expected !== undefined)
          expect(`${commands}${outputs[at]}`).toMatch(
            new RegExp(`^${escaped(commands)}${shownAs(expected).source.slice(1)}`),
          );
    },
    120_000,
  );
});

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
