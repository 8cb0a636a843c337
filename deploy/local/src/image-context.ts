import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Service } from '@okienko/contracts/event';
import { checkout } from './paths';
import { billOf, type BillOfMaterials } from './supply-chain-files';

/** Packages beside the bundle, and what of them a running service reads; everything where nothing is said. */
const readOf: Readonly<Record<string, RegExp>> = {
  'swagger-ui-dist': /\/(package\.json|LICENSE|swagger-ui-bundle\.js|swagger-ui\.css)$/,
  'dejavu-fonts-ttf': /\/(package\.json|LICENSE|DejaVuSans(-Bold)?\.ttf)$/,
};
const neverRead = /\.(d\.[cm]?ts|map|md)$|\/(test|tests|docs|examples)\//;

/**
 * Puts together what the image of a service holds: the pinned Node, the one file of the service where it looks for its texts and documents,
 * the packages that read files of their own, and the bill of materials.
 */
export function assembleImage(service: Service, context: string, all: BillOfMaterials): void {
  rmSync(context, { recursive: true, force: true });
  const folder = join(context, 'app');
  const home = join('node_modules', '@okienko', service);
  mkdirSync(join(folder, home, 'dist', 'bundle'), { recursive: true });
  const from = join(checkout, 'services', service);
  cpSync(join(from, 'dist', 'bundle', 'main.js'), join(folder, home, 'dist', 'bundle', 'main.js'));
  for (const part of ['openapi.json', 'templates', 'seed'])
    if (existsSync(join(from, part))) cpSync(join(from, part), join(folder, home, part), { recursive: true });
  const { name, version, license } = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8')) as Record<
    string,
    string
  >;
  writeFileSync(join(folder, home, 'package.json'), JSON.stringify({ name, version, license }));
  writeFileSync(join(folder, 'main.cjs'), `require(${JSON.stringify(`./${home}/dist/bundle/main.js`)});\n`);
  addCommon(context);
  for (const path of packagesBeside(service)) copyPackage(path, folder);
  writeFileSync(join(folder, 'sbom.cdx.json'), JSON.stringify(billOf(service, all)));
}

/** What compose.yaml has with its profile `trial`: one file, and nothing that a deployment for residents would ever run. */
export function assembleTrial(context: string): void {
  rmSync(context, { recursive: true, force: true });
  const folder = join(context, 'app');
  mkdirSync(folder, { recursive: true });
  cpSync(join(checkout, 'deploy', 'local', 'dist', 'bundle', 'trial.cjs'), join(folder, 'main.cjs'));
  addCommon(context);
}

function addCommon(context: string): void {
  const folder = join(context, 'app');
  cpSync(join(checkout, 'deploy', 'image', 'healthy.cjs'), join(folder, 'healthy.cjs'));
  cpSync(join(checkout, 'node_modules', 'node', 'bin', 'node'), join(context, 'node'), { dereference: true });
  cpSync(join(checkout, 'LICENSE'), join(folder, 'LICENSE'));
}

function copyPackage(path: string, folder: string): void {
  const wanted = readOf[path.replace(/^.*node_modules\//, '')];
  cpSync(join(checkout, path), join(folder, path), {
    recursive: true,
    filter: (file) => {
      const within = `/${file.slice(join(checkout, path).length)}`;
      if (within.startsWith('//node_modules')) return false;
      return !neverRead.test(within) && (!wanted || !basename(file).includes('.') || wanted.test(file));
    },
  });
}

interface LockEntry {
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** What lies beside the bundle and all that it needs, by npm's own rule of where a package is found. */
function packagesBeside(service: Service): string[] {
  const { packages } = JSON.parse(readFileSync(join(checkout, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockEntry>;
  };
  const { beside } = JSON.parse(
    readFileSync(join(checkout, 'services', service, 'dist', 'bundle', 'packages.json'), 'utf8'),
  ) as { beside: string[] };
  const found = new Set<string>();
  const take = (name: string, above: string): void => {
    const path = above ? `${above}/node_modules/${name}` : `node_modules/${name}`;
    if (!packages[path])
      return above ? take(name, above.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, '')) : undefined;
    if (found.has(path)) return;
    found.add(path);
    // The page of the API is two files that need nothing.
    if (!readOf[name]) for (const needed of Object.keys(packages[path].dependencies ?? {})) take(needed, path);
  };
  for (const name of beside) take(name, '');
  return [...found];
}
