import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

const frameworks = [
  '@nestjs/*',
  'typeorm',
  'typeorm/*',
  'pg',
  '@nats-io/*',
  'class-validator',
  'class-transformer',
  'fastify',
];
const only = (sourceTag, ...onlyDependOnLibsWithTags) => ({ sourceTag, onlyDependOnLibsWithTags });

export default [
  { ignores: ['**/dist', '**/node_modules', '**/*.cjs'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      'no-restricted-properties': [
        'error',
        {
          object: 'process',
          property: 'env',
          message: 'Configuration comes in through the config class (libs/chassis/src/config.ts).',
        },
      ],
      'no-control-regex': 'off',
    },
  },
  {
    files: ['**/*.ts'],
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          enforceBuildableLibDependency: false,
          allow: [],
          depConstraints: [
            only('type:service', 'type:contracts', 'type:platform', 'type:testing'),
            only('type:platform', 'type:contracts', 'type:platform'),
            only('type:testing', 'type:contracts', 'type:platform', 'type:local'),
            only('type:local', 'type:contracts', 'type:platform'),
            only(
              'type:journeys',
              'type:contracts',
              'type:partner',
              'type:platform',
              'type:testing',
              'type:local',
              'type:service',
            ),
            { sourceTag: 'type:contracts', onlyDependOnLibsWithTags: [], bannedExternalImports: frameworks },
            // What partners install: the contracts, and nothing that a service is made of.
            {
              sourceTag: 'type:partner',
              onlyDependOnLibsWithTags: ['type:contracts'],
              bannedExternalImports: frameworks,
            },
          ],
        },
      ],
    },
  },
  {
    // Decorators need the classes they inject at run time.
    files: ['services/**/*.ts', 'libs/chassis/**/*.ts', 'libs/messaging/**/*.ts', 'libs/testing/**/*.spec.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
  {
    files: ['services/*/src/*/!(*.*).ts'],
    ignores: ['services/*/src/migrations/*'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: frameworks, message: 'A file without a suffix is domain code: it imports no framework.' },
          ],
        },
      ],
    },
  },
  {
    files: ['services/*/src/**/*.ts'],
    ignores: ['**/*.spec.ts', '**/scenario.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [{ group: ['@okienko/testing/*'], message: 'Only specs may use the testing library.' }] },
      ],
    },
  },
  {
    // Where the environment is read: the launcher, the entry points of the chassis, the set-up of tests.
    files: [
      'deploy/local/**',
      'libs/chassis/src/start-service.ts',
      'libs/chassis/src/migrate-service.ts',
      'libs/chassis/src/rebuild-service.ts',
      'libs/chassis/src/rotate-keys-service.ts',
      'libs/chassis/src/replay-service.ts',
      'libs/testing/**',
      'libs/privacy/src/scratch-schema.ts',
      'test/**',
      '**/*.spec.ts',
    ],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
      },
    },
  },
];
