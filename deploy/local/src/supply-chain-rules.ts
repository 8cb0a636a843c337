import { satisfies } from 'semver';

/** A package of the lock file, where it would be installed (`node_modules/…`). */
export interface Locked {
  readonly path: string;
  readonly name: string;
  readonly version: string;
  readonly licence?: string;
  readonly integrity?: string;
  /** Set where the lock file names another source than the registry that is configured. */
  readonly resolved?: string;
}

export interface Advisory {
  readonly id: string;
  readonly package: string;
  /** A range of versions as npm writes them. */
  readonly vulnerable: string;
  readonly summary: string;
}

export interface Licences {
  readonly allowed: readonly string[];
  /** Packages whose licence npm cannot read, or that need a word. */
  readonly named: Readonly<Record<string, { readonly licence: string; readonly why: string }>>;
}

type LockFile = { readonly packages: Readonly<Record<string, Record<string, unknown>>> };

export const nameIn = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** Every package of others in a lock file of npm (version 3). */
export function lockedIn(lock: LockFile): Locked[] {
  return Object.entries(lock.packages)
    .filter(([path, { link }]) => path.includes('node_modules/') && !link)
    .map(([path, { name, version, license, integrity, resolved }]) => ({
      path,
      name: typeof name === 'string' ? name : nameIn(path),
      version: String(version),
      ...(typeof license === 'string' && { licence: license }),
      ...(typeof integrity === 'string' && { integrity }),
      ...(typeof resolved === 'string' && { resolved }),
    }));
}

/** An expression of SPDX is allowed if every part of an AND, or any part of an OR, is. Expressions in brackets do not nest here. */
function isAllowed(licence: string, allowed: readonly string[]): boolean {
  const bare = licence.replace(/^\((.*)\)$/, '$1');
  if (bare.includes(' OR ')) return bare.split(' OR ').some((part) => isAllowed(part, allowed));
  return bare.split(' AND ').every((part) => allowed.includes(part));
}

/** Packages that may not be used, and names in the list that no package has any more. */
export function licenceFaults(packages: readonly Locked[], { allowed, named }: Licences): string[] {
  const foreign = packages
    .filter(({ name, licence }) => !named[name] && !(licence && isAllowed(licence, allowed)))
    .map(({ name, version, licence }) => `${name} ${version}: ${licence ?? 'no licence is stated'}`);
  const present = new Set(packages.map(({ name }) => name));
  const stale = Object.keys(named).filter((name) => !present.has(name));
  return [...new Set(foreign), ...stale.map((name) => `${name} is named in licences.json and no longer used`)];
}

export function advisoryFaults(packages: readonly Locked[], advisories: readonly Advisory[]): string[] {
  return advisories.flatMap(({ id, package: name, vulnerable, summary }) =>
    packages
      .filter((one) => one.name === name && satisfies(one.version, vulnerable, { includePrerelease: true }))
      .map(({ version, path }) => `${name} ${version} (${path}): ${id}, ${summary}; vulnerable are ${vulnerable}`),
  );
}

/** What would let another content in under the same name: no digest, a weak one, another source. */
export function lockFaults(packages: readonly Locked[]): string[] {
  return packages.flatMap(({ path, integrity, resolved }) => [
    ...(integrity?.startsWith('sha512-') ? [] : [`${path}: no SHA-512 of its content`]),
    ...(resolved ? [`${path}: comes from ${new URL(resolved).host}`] : []),
  ]);
}

/** Direct dependencies that are no exact version, or whose reason is not written down, and reasons without a dependency. */
export function dependencyFaults(
  direct: Readonly<Record<string, string>>,
  reasons: Readonly<Record<string, string>>,
): string[] {
  return [
    ...Object.entries(direct)
      .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
      .map(([name, version]) => `${name}: ${version} is no exact version`),
    ...Object.keys(direct)
      .filter((name) => !reasons[name])
      .map((name) => `${name}: dependencies.json does not say why`),
    ...Object.keys(reasons)
      .filter((name) => !direct[name])
      .map((name) => `${name}: dependencies.json gives a reason, and nobody depends on it`),
  ];
}
