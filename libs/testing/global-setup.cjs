const { execFileSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const { join } = require('node:path');

// One PostgreSQL and one NATS for the whole run, for all projects and workers: those of the environment, else containers where an
// engine answers, else native processes as the local deployment starts them. Every test file has its own database and namespace.
module.exports = async function setup() {
  const unitOnly = process.argv.some((argument) => argument.includes('testPathIgnorePatterns'));
  if (unitOnly || (process.env.TEST_DATABASE_URL && process.env.TEST_NATS_URL)) return;
  const root = join(__dirname, '..', '..');
  // The engines run from what was built; in the middle of an edit elsewhere the last good build serves.
  if (!existsSync(join(__dirname, 'dist', 'infrastructure.js'))) {
    execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '--build', join(root, 'libs', 'testing')], {
      stdio: 'inherit',
    });
  }
  const { temporaryHome } = require('@okienko/local/paths');
  const { startInfrastructure } = require('./dist/infrastructure.js');
  const infrastructure = await startInfrastructure(temporaryHome());
  process.env.TEST_DATABASE_URL = infrastructure.databaseUrl;
  process.env.TEST_NATS_URL = infrastructure.brokerUrl;
  globalThis.okienkoInfrastructure = infrastructure;
};
