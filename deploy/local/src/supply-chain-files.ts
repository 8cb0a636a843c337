import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Service, services } from '@okienko/contracts/event';
import { Obstacle } from './obstacle';
import { checkout } from './paths';
import { type Advisory, type Licences, type Locked, lockedIn, nameIn } from './supply-chain-rules';

const json = <Content>(...path: string[]): Content =>
  JSON.parse(readFileSync(join(checkout, ...path), 'utf8')) as Content;

export const locked = (): Locked[] => lockedIn(json('package-lock.json'));
export const licences = (): Licences => json('deploy', 'supply-chain', 'licences.json');
export const knownAdvisories = (): { asOf: string; advisories: Advisory[] } =>
  json('deploy', 'supply-chain', 'advisories.json');
export const reasons = (): Record<string, string> => json('deploy', 'supply-chain', 'dependencies.json');

interface LockEntry {
  readonly name?: string;
  readonly version?: string;
  readonly dev?: boolean;
}

interface Manifest {
  readonly workspaces?: readonly string[];
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
}

/** What the root and the workspaces ask for themselves, by name. */
export function directDependencies(): Record<string, string> {
  const { packages } = json<{ packages: Record<string, Manifest> }>('package-lock.json');
  const own = Object.entries(packages).filter(([path]) => !path.includes('node_modules/'));
  const all = own.flatMap(([, { dependencies, devDependencies }]) =>
    Object.entries({ ...dependencies, ...devDependencies }),
  );
  return Object.fromEntries(all.filter(([name]) => !name.startsWith('@okienko/')));
}

interface Component {
  readonly 'bom-ref': string;
  readonly name: string;
}

export interface BillOfMaterials {
  readonly specVersion: string;
  readonly metadata: { component: object } & Record<string, unknown>;
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

/**
 * CycloneDX 1.5 of one service as it is deployed: npm's list of all packages, reduced to those that are in its file
 * (deploy/bundle.mjs) or lie beside it, with what these need. npm's own choice of production packages loses some of a workspace's.
 */
export function billOf(service: Service, all = wholeBill()): BillOfMaterials {
  const made = json<{ bundled: string[]; beside: string[] }>('services', service, 'dist', 'bundle', 'packages.json');
  const { packages } = json<{ packages: Record<string, LockEntry> }>('package-lock.json');
  const forDevelopment = made.bundled.filter((path) => packages[path]?.dev);
  if (forDevelopment.length > 0)
    throw new Obstacle(
      `The file of ${service} holds what is no production dependency: ${forDevelopment.join(', ')}. Add it to "dependencies" where it is used.`,
    );
  const refOf = (path: string): string => `${packages[path]?.name ?? nameIn(path)}@${packages[path]?.version}`;
  const kept = new Set(made.bundled.map(refOf));
  const follow = (ref: string): void => {
    if (kept.has(ref)) return;
    kept.add(ref);
    all.dependencies.find((one) => one.ref === ref)?.dependsOn?.forEach(follow);
  };
  all.components.filter(({ name }) => made.beside.includes(name)).forEach((one) => follow(one['bom-ref']));
  const component = { type: 'application', name: `okienko-${service}`, 'bom-ref': `okienko-${service}` };
  return {
    ...all,
    metadata: { ...all.metadata, component: { ...all.metadata.component, ...component } },
    components: all.components.filter((one) => kept.has(one['bom-ref'])),
    dependencies: all.dependencies
      .filter(({ ref }) => kept.has(ref))
      .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((other) => kept.has(other)) })),
  };
}

/** Everything in the lock file, as npm lists it. */
export function wholeBill(): BillOfMaterials {
  const asked = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--package-lock-only'];
  return JSON.parse(npm(asked)) as BillOfMaterials;
}

/** The registry's own word on every package that is deployed; undefined where it gives none. */
export function registryAudit(): { faults: string[] } | undefined {
  const { status, stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { cwd: checkout, encoding: 'utf8' });
  const found = parsed<{ vulnerabilities?: Record<string, { severity: string; range: string }> }>(stdout);
  if (!found?.vulnerabilities) return undefined;
  if (status === 0) return { faults: [] };
  return {
    faults: Object.entries(found.vulnerabilities).map(([name, { severity, range }]) => `${name} ${range}: ${severity}`),
  };
}

function npm(args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync('npm', args, {
    cwd: checkout,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Obstacle(`npm ${args[0]} failed: ${error?.message ?? stderr.trim().split('\n').at(-1)}`);
  return stdout;
}

function parsed<Content>(text: string): Content | undefined {
  try {
    return JSON.parse(text) as Content;
  } catch {
    return undefined;
  }
}

export const isBundled = (): boolean =>
  services.every((service) => existsSync(join(checkout, 'services', service, 'dist', 'bundle', 'packages.json')));
