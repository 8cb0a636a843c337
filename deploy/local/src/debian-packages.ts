import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DebianArchive, debianArchiveIn, sourceLine } from './apt-sources';

export interface Unpacking {
  readonly commands: readonly (readonly [program: string, args: readonly string[]])[];
  readonly options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv };
  /** What the package would have put into `/`. */
  readonly root: string;
}

/**
 * What unpacks a package of a Debian suite from the machine's own mirror into `folder`. Our own source list, index and cache: nothing is
 * installed, nothing of the machine's apt is changed, no root needed.
 */
export function unpacking(name: string, suite: string, folder: string): Unpacking {
  const archive = debianArchive();
  const root = join(folder, 'root');
  for (const part of ['lists/partial', 'cache/archives/partial', 'root'])
    mkdirSync(join(folder, part), { recursive: true });
  writeFileSync(join(folder, 'debian.list'), sourceLine(archive, suite));
  const settings = Object.entries({
    'Dir::Etc::sourcelist': join(folder, 'debian.list'),
    'Dir::Etc::sourceparts': '/dev/null',
    'Dir::State::lists': join(folder, 'lists'),
    'Dir::Cache': join(folder, 'cache'),
    'APT::Sandbox::User': '', // apt's own account could not write into a private folder
    'Acquire::Languages': 'none',
    'Acquire::Retries': '1',
    'Acquire::http::Timeout': '20',
  }).flatMap(([setting, value]) => ['-o', `${setting}=${value}`]);
  return {
    commands: [
      ['apt-get', ['-q', ...settings, 'update', '--error-on=any']],
      ['apt-get', ['-q', ...settings, 'download', `${name}/${suite}`]],
      ['sh', ['-c', 'dpkg-deb -x ./*.deb root']],
    ],
    options: { cwd: folder, env: { ...process.env, LC_ALL: 'C' } },
    root,
  };
}

function debianArchive(): DebianArchive {
  const parts = '/etc/apt/sources.list.d';
  const names = existsSync(parts) ? readdirSync(parts).filter((name) => /\.(?:list|sources)$/.test(name)) : [];
  const files = ['/etc/apt/sources.list', ...names.map((name) => join(parts, name))].filter((file) => existsSync(file));
  const archive = debianArchiveIn(files.map((name) => ({ name, text: readFileSync(name, 'utf8') })));
  if (archive === undefined) throw new Error('this machine has no Debian mirror among its apt sources');
  return archive;
}

/** What a failed command said last. */
export function lastLine(error: unknown): string {
  const { stderr, message } = error as { stderr?: string | Buffer; message: string };
  return (
    String(stderr ?? '')
      .trim()
      .split('\n')
      .findLast((line) => line !== '') ?? message
  );
}
