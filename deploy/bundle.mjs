// Makes one file of each built service and all its packages, services/<name>/dist/bundle/main.js. A service of two and a half thousand
// files spends most of its start on finding and reading them, which counts when a replica has been killed and the machine is busy.
// Without an argument the file is the service; with the name of one of its commands (`node main.js migrate`) it is that command.
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const services = ['catalogue', 'cases', 'providers', 'notifications'];

/** What may stand beside `main` in a service. */
const commands = [
  'migrate',
  'replay',
  'rebuild',
  'rotate-keys',
  'erasures',
  'verify-access-log',
  'accesses',
  'doctor',
  'after-restore',
  'streams',
];

/** Packages that read files of their own stay outside. */
const external = ['pdfkit', 'swagger-ui-dist', 'dejavu-fonts-ttf'];

/**
 * What others take if it happens to be there: `debug` a package for development, Nest a transport that is not ours, Fastify the compilers of schemas that
 * no route has (`createService` says so).
 */
const absent = [
  'supports-color',
  '@grpc/grpc-js',
  '@grpc/proto-loader',
  '@fastify/ajv-compiler',
  '@fastify/fast-json-stringify-compiler',
];

/**
 * What packages bring along and no service uses: TypeORM's other databases, a validator with the telephone numbers of the world. A process keeps all of
 * its source in memory, and what this source makes. Who comes to need one of them is told so as soon as the service starts.
 */
const unused =
  /node_modules\/(typeorm\/driver\/[^/]+\/[^/]+Driver|class-validator\/cjs\/decorator\/string\/IsPhoneNumber)\.js$/;
const leftOut = {
  name: 'left-out',
  setup({ onLoad }) {
    onLoad({ filter: unused }, ({ path }) => {
      if (path.endsWith('/PostgresDriver.js')) return undefined;
      const name = path.replace(/^.*\/|\.js$/g, '');
      return {
        contents: `exports.${name} = function () { throw new Error('${name} is left out: deploy/bundle.mjs'); };`,
      };
    });
  },
};

/** Nest and TypeORM name drivers and transports that nobody has installed; they would fail in a bundle no sooner than without. */
const notInstalled = {
  name: 'not-installed',
  setup({ onResolve, resolve: find }) {
    onResolve({ filter: /^[^./]/ }, async ({ path, pluginData, ...from }) => {
      if (pluginData === notInstalled) return undefined;
      const found = await find(path, { ...from, pluginData: notInstalled });
      return found.errors.length > 0 ? { path, external: true } : found;
    });
  },
};

const newestInput = Math.max(
  ...['libs', 'services'].flatMap((kind) =>
    readdirSync(join(root, kind)).map((name) => newestOf(join(root, kind, name, 'dist'))),
  ),
  newestOf(join(root, 'package-lock.json')),
  newestOf(fileURLToPath(import.meta.url)),
);

const local = join(root, 'deploy', 'local', 'dist');
await Promise.all([
  ...services.map((name) => bundle(join(root, 'services', name, 'dist'))),
  bundleProgram('okienko', 'node22'),
  bundleProgram('trial', 'node24'),
]);

/** The command of operators, or what a trial has around it, as one file that needs nothing but Node. */
async function bundleProgram(name, target) {
  const outfile = join(local, 'bundle', `${name}.cjs`);
  if (newestOf(outfile) > Math.max(newestInput, newestOf(local))) return;
  await build({
    entryPoints: [join(local, `${name}.js`)],
    outfile,
    banner: { js: '#!/usr/bin/env node' },
    bundle: true,
    platform: 'node',
    target,
    format: 'cjs',
    minify: true,
    keepNames: true,
    external: absent,
    plugins: [notInstalled],
    logLevel: 'error',
  });
  chmodSync(outfile, 0o755);
}

async function bundle(folder) {
  const outfile = join(folder, 'bundle', 'main.js');
  if (newestOf(outfile) > newestInput) return;
  const { outputFiles, metafile } = await build({
    metafile: true,
    stdin: { contents: entryOf(folder), resolveDir: folder, sourcefile: 'entry.js' },
    outfile,
    write: false,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    // A process keeps its source in memory; Nest, TypeORM and error messages call classes by their names.
    minify: true,
    keepNames: true,
    external: [...external, ...absent],
    plugins: [notInstalled, leftOut],
    logLevel: 'error',
  });
  // What esbuild leaves beyond ASCII stands in regular expressions, and would make the engine keep every character in two bytes.
  const text = outputFiles[0].text.replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  mkdirSync(dirname(outfile), { recursive: true });
  // Beside it, what it is made of, for the bill of materials.
  const inputs = Object.keys(metafile.inputs).map((path) => relative(root, resolve(path)));
  const bundled = [
    ...new Set(inputs.map((path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+|[^/]+\/[^/]+)\//.exec(path)?.[1] ?? path)),
  ];
  writeFileSync(
    join(folder, 'bundle', 'packages.json'),
    `${JSON.stringify({ bundled: bundled.sort(), beside: external }, undefined, 2)}\n`,
  );
  writeFileSync(outfile, text);
}

function entryOf(folder) {
  const present = commands.filter((name) => existsSync(join(folder, `${name}.js`)));
  const ways = ['main', ...present].map((name) => `${JSON.stringify(name)}: () => require('./${name}.js')`);
  return `const ways = { ${ways.join(', ')} };
const [name = 'main'] = process.argv.splice(2, 1);
if (Object.hasOwn(ways, name)) ways[name]();
else {
  process.stderr.write('There is no command ' + name + ': ' + Object.keys(ways).join(', ') + '.\\n');
  process.exitCode = 2;
}`;
}

/** The time of the youngest JavaScript file within, bundles left out. */
function newestOf(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isDirectory()) return found?.mtimeMs ?? 0;
  return Math.max(
    0,
    ...readdirSync(path, { withFileTypes: true })
      .filter((entry) => (entry.isDirectory() ? entry.name !== 'bundle' : entry.name.endsWith('.js')))
      .map((entry) => newestOf(join(path, entry.name))),
  );
}
