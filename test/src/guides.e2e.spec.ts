import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkout } from '@okienko/local/paths';
import { blocksOf, canPlay, namedIn, played, shownAs } from './guide';
import { LocalDeployment } from './local-deployment';

const folder = 'docs/guides';
const guides = readdirSync(join(checkout, folder)).map((name) => `${folder}/${name}`);
const { scripts } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as { scripts: object };

/** A command that a guide only names: a script with the options that its help tells of, or tests that there are. */
function isThere(command: string): boolean {
  const [, project = '', pattern = ''] = /^npx jest --projects (\S+) --testPathPatterns (\S+)$/.exec(command) ?? [];
  if (project) {
    const files = readdirSync(join(checkout, project, 'src'), { recursive: true, encoding: 'utf8' });
    return files.some((file) => new RegExp(`${pattern}.*\\.spec\\.ts$`).test(file));
  }
  const [, script = '', options = ''] = /^npm (?:run )?([\w:-]+)(?: -- (.*))?$/.exec(command) ?? [];
  if (!(script in scripts)) return false;
  if (options === '') return true;
  const launcher = join('deploy', 'local', 'run.mjs');
  const help = spawnSync(process.execPath, [launcher, script, '--help'], { cwd: checkout, encoding: 'utf8' }).stdout;
  return options.split(' ').every((option) => help.includes(option));
}

describe('a guide', () => {
  test('is found from the index', () => {
    const index = readFileSync(join(checkout, 'docs', 'README.md'), 'utf8');
    expect(guides.filter((guide) => !index.includes(`(${guide.replace('docs/', '')})`))).toEqual([]);
  });

  test.each(guides)('%s names commands and options that there are', (guide) => {
    for (const command of namedIn(guide)) expect([command, isThere(command)]).toEqual([command, true]);
  });

  test('that names what is not there is found out', () => {
    const wrong = [
      'npm run chaos -- --quickly',
      'npm run chaoz',
      'npx jest --projects test --testPathPatterns no-such',
      'ls',
    ];
    expect(wrong.filter(isThere)).toEqual([]);
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

(canPlay ? describe : describe.skip)('beside the system that the first guide starts', () => {
  let deployment: LocalDeployment;

  beforeAll(async () => {
    deployment = await LocalDeployment.prepare();
    await deployment.start();
  }, 180_000);
  afterAll(() => deployment.remove(), 60_000);

  test.each(guides.filter((guide) => blocksOf(guide).length > 0))(
    '%s does what it says',
    async (guide) => {
      const blocks = blocksOf(guide);
      const outputs = await played(blocks, checkout, deployment.environmentBeside);
      for (const [at, { commands, expected }] of blocks.entries())
        expect({ commands, printed: outputs[at] }).toEqual({
          commands,
          printed: expect.stringMatching(shownAs(expected)),
        });
    },
    180_000,
  );
});
