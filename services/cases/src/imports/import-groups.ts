import { keysOf, probesOf } from '../persons/matching';
import { identifierOf } from '../persons/identifier';
import { birthDateOf } from '../persons/person';
import type { ImportKind } from './import-kinds';
import type { ImportRecord } from './import-records';
import { registrationOf } from './person-row';

/**
 * What a record has to itself or shares with others. Those that share something, or share something with one that does, may change what
 * becomes of each other; all others do not.
 */
export function claimsOf(kind: ImportKind, record: ImportRecord, personOf: (externalId: string) => string): string[] {
  if (record.fault !== null) return [];
  switch (kind) {
    case 'PERSONS':
      return personClaims(record);
    case 'HOUSEHOLDS':
      return record.parts.map((part) => personOf(part['personExternalId'] ?? ''));
    case 'APPLICATIONS':
      return record.parts.some((part) => part['state'] === 'QUALIFIED') ? ['places'] : [];
    case 'HISTORY':
      return [];
    case 'EXTERNAL_CASES':
      return [`${record.head['system']} ${record.head['number']}`];
  }
}

function personClaims({ head }: ImportRecord): string[] {
  const { identifier: given, givenName, familyName, birthDate: told } = registrationOf(head);
  try {
    const identifier = given && identifierOf(given);
    const named = { givenName, familyName, birthDate: birthDateOf(told, identifier, '9999-12-31') };
    const names = [...keysOf(named), ...probesOf(named)].filter(({ kind }) => kind === 'NAMES');
    return [...(identifier ? [identifier.normalised] : []), ...new Set(names.map(({ value }) => value))];
  } catch {
    // It will be refused, whoever else is there.
    return [];
  }
}

/** A number for each of them; equal where they share a claim, however many others lie between. */
export function groupsOf(claims: readonly (readonly string[])[]): number[] {
  const parents = claims.map((_, index) => index);
  const rootOf = (index: number): number => {
    let root = index;
    while (parents[root] !== root) root = parents[root] as number;
    parents[index] = root;
    return root;
  };
  const holders = new Map<string, number>();
  claims.forEach((its, index) => {
    for (const claim of its) {
      const holder = holders.get(claim);
      if (holder === undefined) holders.set(claim, index);
      else parents[rootOf(index)] = rootOf(holder);
    }
  });
  return parents.map((_, index) => rootOf(index));
}
