import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { services } from '@okienko/contracts/event';

const checkout = join(__dirname, '..', '..');

interface Probe {
  readonly what: string;
  readonly path: string;
  readonly code: string;
  /** What ESLint must say; nothing where the file is right. */
  readonly says?: RegExp;
}

const imports = (name: string, from: string): string =>
  `import { ${name} } from '${from}';\nexport const x = ${name};\n`;

// Whoever imports what stands on it closes a circle, which the rule tells before the tags.
const circle = /^@nx\/enforce-module-boundaries: Circular dependency/;

const probes: readonly Probe[] = [
  {
    what: 'a service that imports a service',
    path: 'services/cases/src/plans/plans.queries.ts',
    code: imports('providersService', '@okienko/providers/service'),
    says: /^@nx\/enforce-module-boundaries: .*"type:service"/s,
  },
  {
    what: 'a framework in the contracts',
    path: 'libs/contracts/src/event.ts',
    code: imports('Injectable', '@nestjs/common'),
    says: /^@nx\/enforce-module-boundaries: .*"type:contracts"/s,
  },
  {
    what: 'a framework in the identifiers',
    path: 'libs/identifiers/src/pesel.ts',
    code: imports('IsString', 'class-validator'),
    says: /^@nx\/enforce-module-boundaries: .*"type:contracts"/s,
  },
  {
    what: 'identifiers that import a platform library',
    path: 'libs/identifiers/src/pesel.ts',
    code: imports('Clock', '@okienko/messaging/clock'),
    says: /^@nx\/enforce-module-boundaries: .*"type:contracts"/s,
  },
  {
    what: 'a platform library that imports a service',
    path: 'libs/messaging/src/outbox.ts',
    code: imports('casesService', '@okienko/cases/service'),
    says: circle,
  },
  {
    what: 'a platform library that imports the testing library',
    path: 'libs/chassis/src/http.ts',
    code: imports('eventually', '@okienko/testing/eventually'),
    says: circle,
  },
  {
    what: 'the local deployment that imports a service',
    path: 'deploy/local/src/start.ts',
    code: imports('casesService', '@okienko/cases/service'),
    says: circle,
  },
  {
    what: 'TypeORM in a file without a suffix',
    path: 'services/cases/src/plans/individual-plan.ts',
    code: imports('DataSource', 'typeorm'),
    says: /^no-restricted-imports: .*domain code/s,
  },
  {
    what: 'NestJS in a file without a suffix',
    path: 'services/providers/src/capacities/capacity.ts',
    code: imports('Injectable', '@nestjs/common'),
    says: /^no-restricted-imports: .*domain code/s,
  },
  {
    what: 'the testing library in production code',
    path: 'services/cases/src/plans/plans.queries.ts',
    code: imports('eventually', '@okienko/testing/eventually'),
    says: /^@typescript-eslint\/no-restricted-imports: .*Only specs/s,
  },
  {
    what: 'the environment in a service',
    path: 'services/cases/src/plans/plans.queries.ts',
    code: "export const x = process.env['HOME'];\n",
    says: /^no-restricted-properties: .*config class/s,
  },
  {
    what: 'the environment in a platform library',
    path: 'libs/messaging/src/outbox.ts',
    code: "export const x = process.env['HOME'];\n",
    says: /^no-restricted-properties: .*config class/s,
  },
  {
    what: 'TypeORM in a mapping',
    path: 'services/cases/src/plans/individual-plan.mapping.ts',
    code: imports('EntitySchema', 'typeorm'),
  },
  {
    what: 'a contract in a domain file',
    path: 'services/cases/src/plans/individual-plan.ts',
    code: imports('dayOf', '@okienko/contracts/calendar'),
  },
  {
    what: 'the testing library in a spec',
    path: 'services/cases/src/plans/individual-plan.spec.ts',
    code: imports('eventually', '@okienko/testing/eventually'),
  },
  {
    what: 'the platform in a service',
    path: 'services/cases/src/plans/plans.queries.ts',
    code: imports('pageOf', '@okienko/chassis/page'),
  },
];

/** Lints each text in the place of a file, without writing one: others may be compiling. */
function lint(): string[][] {
  const input = JSON.stringify(probes.map(({ path, code }) => ({ filePath: join(checkout, path), code })));
  // The rule about projects asks Nx for the graph; no background process is left behind by a test.
  const env = { ...process.env, NX_DAEMON: 'false' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(__dirname, '..', 'lint-texts.mjs'), checkout], {
    cwd: checkout,
    input,
    env,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as string[][];
}

describe('the boundaries of eslint.config.mjs', () => {
  let found: string[][];
  beforeAll(() => {
    found = lint();
  }, 120_000);

  test.each(probes.map((probe, index) => ({ ...probe, index, answer: probe.says ? 'refused' : 'taken' })))(
    '$what is $answer',
    ({ index, says }) => {
      expect(found[index]).toEqual(says ? [expect.stringMatching(says)] : []);
    },
  );
});

describe.each(services)('%s', (service) => {
  test.each([
    'src/main.ts',
    'src/migrate.ts',
    'src/config.ts',
    'src/data-source.ts',
    'src/service.ts',
    `src/${service}.module.ts`,
    'src/migrations/index.ts',
    'README.md',
    'openapi.json',
    'package.json',
    'tsconfig.json',
  ])('has %s, as every service', (file) => {
    expect(existsSync(join(checkout, 'services', service, file))).toBe(true);
  });
});
