import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { services } from '@okienko/contracts/event';
import { checkout } from './paths';
import { run } from './steps';
import {
  billOf,
  directDependencies,
  knownAdvisories,
  licences,
  locked,
  reasons,
  registryAudit,
  wholeBill,
} from './supply-chain-files';
import { advisoryFaults, dependencyFaults, licenceFaults, lockFaults } from './supply-chain-rules';

/** `npm run supply-chain`: what we are made of, whether we may use it, and what is known against it. */
run(() => {
  const { values } = parseArgs({ options: { out: { type: 'string' }, offline: { type: 'boolean' } } });
  const packages = locked();
  const known = knownAdvisories();
  const audit = values.offline ? undefined : registryAudit();
  const source = audit
    ? "the registry's advisories and our list"
    : `our list of ${known.asOf} (${known.advisories.length})`;
  const checks: readonly (readonly [string, readonly string[]])[] = [
    ['lock file: every package by SHA-512, from the registry', lockFaults(packages)],
    ['direct dependencies: exact, each with its reason', dependencyFaults(directDependencies(), reasons())],
    ['licences', licenceFaults(packages, licences())],
    [`vulnerabilities: ${source}`, [...advisoryFaults(packages, known.advisories), ...(audit?.faults ?? [])]],
  ];
  for (const [title, faults] of checks) {
    console.log(`${faults.length === 0 ? '✓' : '✗'} ${title}`);
    for (const fault of faults) console.log(`    ${fault}`);
  }
  const all = wholeBill();
  const bills = services.map((service) => {
    const bill = billOf(service, all);
    const file = resolve(values.out ?? join(checkout, '.okienko', 'sbom'), `${service}.cdx.json`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(bill, undefined, 2)}\n`);
    console.log(
      `✓ ${relative(process.cwd(), file)}: CycloneDX ${bill.specVersion}, ${bill.components.length} packages`,
    );
    return [service, bill.components.length] as const;
  });
  const faults = checks.reduce((sum, [, found]) => sum + found.length, 0);
  console.log(
    JSON.stringify({
      packages: packages.length,
      faults,
      audited: audit !== undefined,
      bills: Object.fromEntries(bills),
    }),
  );
  process.exitCode = faults === 0 ? 0 : 1;
  return Promise.resolve();
});
