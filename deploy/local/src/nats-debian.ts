import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type DebianArchive, debianArchiveIn, sourceLine } from './apt-sources';

const command = promisify(execFile);

/**
 * `nats-server` from the newest Debian suite that the machine's own mirror serves, unpacked into `folder`.
 * Our own source list, index and cache: nothing is installed, nothing of the machine's apt is changed, no root needed.
 */
export async function natsFromDebian(
  folder: string,
  signal: AbortSignal,
  suites: readonly string[] = ['sid', 'trixie'],
): Promise<{ binary: string; source: string }> {
  const archive = debianArchive();
  const reasons: string[] = [];
  for (const suite of suites) {
    try {
      const binary = await unpack(archive, suite, join(folder, suite), signal);
      return { binary, source: `nats-server of Debian ${suite}` };
    } catch (error) {
      signal.throwIfAborted();
      reasons.push(`${suite}: ${lastLine(error)}`);
    }
  }
  throw new Error(`the Debian mirror gave none (${reasons.join('; ')})`);
}

function debianArchive(): DebianArchive {
  const parts = '/etc/apt/sources.list.d';
  const names = existsSync(parts) ? readdirSync(parts).filter((name) => /\.(?:list|sources)$/.test(name)) : [];
  const files = ['/etc/apt/sources.list', ...names.map((name) => join(parts, name))].filter((file) => existsSync(file));
  const archive = debianArchiveIn(files.map((name) => ({ name, text: readFileSync(name, 'utf8') })));
  if (archive === undefined) throw new Error('this machine has no Debian mirror among its apt sources');
  return archive;
}

async function unpack(archive: DebianArchive, suite: string, folder: string, signal: AbortSignal): Promise<string> {
  for (const part of ['lists/partial', 'cache/archives/partial', 'root'])
    mkdirSync(join(folder, part), { recursive: true });
  writeFileSync(join(folder, 'debian.list'), sourceLine(archive, suite));
  const options = {
    'Dir::Etc::sourcelist': join(folder, 'debian.list'),
    'Dir::Etc::sourceparts': '/dev/null',
    'Dir::State::lists': join(folder, 'lists'),
    'Dir::Cache': join(folder, 'cache'),
    'APT::Sandbox::User': '', // apt's own account could not write into a private folder
    'Acquire::Languages': 'none',
    'Acquire::Retries': '1',
    'Acquire::http::Timeout': '20',
  };
  const apt = (...args: string[]) => {
    const settings = Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
    return command('apt-get', ['-q', ...settings, ...args], {
      cwd: folder,
      signal,
      env: { ...process.env, LC_ALL: 'C' },
    });
  };
  await apt('update', '--error-on=any');
  await apt('download', `nats-server/${suite}`);
  const name = readdirSync(folder).find((entry) => entry.endsWith('.deb'));
  if (name === undefined) throw new Error('apt downloaded nothing');
  await command('dpkg-deb', ['-x', name, 'root'], { cwd: folder });
  const binary = join(folder, 'root', 'usr', 'sbin', 'nats-server');
  chmodSync(binary, 0o755);
  return binary;
}

function lastLine(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message: string };
  return (
    (stderr ?? '')
      .trim()
      .split('\n')
      .findLast((line) => line !== '') ?? message
  );
}
