import { execFile, execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Service } from '@okienko/contracts/event';
import { checkout } from '@okienko/local/paths';

const execute = promisify(execFile);

/** A version of all four services, built. */
export interface Build {
  /** `N-1`, `N`, `N+1`. */
  readonly name: string;
  /** What it is made of, for the report. */
  readonly from: string;
  readonly mainOf: (service: Service) => string;
}

const mainIn =
  (tree: string): Build['mainOf'] =>
  (service) =>
    join(tree, 'services', service, 'dist', 'bundle', 'main.js');

/** What the checkout has built. */
export const present: Build = { name: 'N', from: 'this tree', mainOf: mainIn(checkout) };

/** Below the checkout: what a version is built of. */
const parts = ['libs', 'services', join('deploy', 'bundle.mjs'), 'package.json', 'package-lock.json'];

/** The state of a release or any other commit, with its own packages where they differ from the ones here. */
export async function buildOf(ref: string, folder: string): Promise<Build> {
  const tree = emptied(folder, 'before');
  const archive = join(tree, 'tree.tar');
  await execute('git', ['archive', '--output', archive, ref, ...parts], { cwd: checkout });
  await execute('tar', ['-xf', archive, '-C', tree]);
  rmSync(archive);
  const commit = git('rev-parse', '--short', ref);
  const lock = (root: string): string => readFileSync(join(root, 'package-lock.json'), 'utf8');
  const otherPackages = thirdParty(lock(tree)) !== thirdParty(lock(checkout));
  await make(tree);
  const from = `commit ${commit}${otherPackages ? ', on the packages of this tree, which are others than its own' : ''}`;
  return { name: 'N-1', from, mainOf: mainIn(tree) };
}

/** This tree with patches of `next/` upon it: what the release after this one may do. */
export async function buildNext(name: string, patches: readonly string[], folder: string): Promise<Build> {
  const tree = patched(patches, folder, name);
  await make(tree);
  return { name, from: `this tree and ${patches.join(', ')}`, mainOf: mainIn(tree) };
}

/** A copy of this tree's sources with the patches applied. */
export function patched(patches: readonly string[], folder: string, name: string): string {
  const tree = emptied(folder, name);
  const filter = (path: string): boolean => !['node_modules', 'dist'].includes(basename(path));
  for (const part of parts) cpSync(join(checkout, part), join(tree, part), { recursive: true, filter });
  for (const patch of patches) {
    const file = join(checkout, 'test', 'src', 'upgrade', 'next', patch);
    // Within a repository git would take the paths from its root, find nothing to do, and say so to nobody.
    const env = { ...process.env, GIT_CEILING_DIRECTORIES: dirname(tree) };
    execFileSync('git', ['apply', '--whitespace=nowarn', file], { cwd: tree, env, stdio: 'pipe' });
  }
  return tree;
}

/** The commit before this version: the newest release, else the state before the schema or the contracts last changed. None in a shallow clone. */
export function commitBefore(): string | undefined {
  const tags = git('tag', '--merged', 'HEAD', '--sort=-v:refname', '--list', 'v*').split('\n').filter(Boolean);
  if (tags[0] !== undefined) return tags[0];
  const changed = ['services/*/src/migrations', 'libs/contracts/src'];
  const last = git('log', '-1', '--first-parent', '--format=%H', '--', ...changed);
  return (last && git('rev-parse', '--verify', '--quiet', `${last}^`)) || undefined;
}

function git(...args: string[]): string {
  try {
    return execFileSync('git', args, { cwd: checkout, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return '';
  }
}

function emptied(folder: string, name: string): string {
  const tree = join(folder, name);
  rmSync(tree, { recursive: true, force: true });
  mkdirSync(tree, { recursive: true });
  return tree;
}

/** The packages of others in a lock file. */
function thirdParty(lock: string): string {
  const { packages } = JSON.parse(lock) as { packages: Record<string, { version?: string; link?: boolean }> };
  const theirs = Object.entries(packages).filter(([path, { link }]) => path.includes('node_modules/') && !link);
  return JSON.stringify(theirs.map(([path, { version }]) => `${path} ${version}`).sort());
}

/** Compiles and bundles a tree. Files that are as they are here are taken as they were compiled here. */
async function make(tree: string): Promise<void> {
  const projects = ['libs', 'services'].flatMap((kind) =>
    readdirSync(join(tree, kind)).map((name) => join(kind, name)),
  );
  linkPackages(tree, projects);
  await execute(process.execPath, [join(__dirname, 'compile.js'), checkout, tree, ...projects]);
  // It makes files of the operators' command and of the trial as well, which are no part of what is upgraded.
  const local = join(tree, 'deploy', 'local', 'dist');
  mkdirSync(local, { recursive: true });
  for (const name of ['okienko', 'trial']) writeFileSync(join(local, `${name}.js`), '');
  await execute(process.execPath, [join(tree, 'deploy', 'bundle.mjs')], { cwd: tree });
}

/** The packages of this checkout, but for our own: those are the tree's. */
function linkPackages(tree: string, projects: readonly string[]): void {
  const modules = join(tree, 'node_modules');
  const own = join(modules, '@okienko');
  mkdirSync(own, { recursive: true });
  for (const name of readdirSync(join(checkout, 'node_modules')))
    if (name !== '@okienko') symlinkSync(join(checkout, 'node_modules', name), join(modules, name));
  for (const project of projects) {
    symlinkSync(join(tree, project), join(own, basename(project)));
    const theirs = join(checkout, project, 'node_modules');
    if (existsSync(theirs)) symlinkSync(theirs, join(tree, project, 'node_modules'));
  }
}
