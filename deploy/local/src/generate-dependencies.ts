import { directDependencies, licences, locked, reasons } from './supply-chain-files';

/** The list of direct dependencies with the reason for each, as Markdown. */
export function dependenciesDocument(): string {
  const why = reasons();
  const named = licences().named;
  const atTop = new Map(locked().map((one) => [one.path, one]));
  const rows = Object.entries(directDependencies())
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, version]) => {
      const licence = named[name]?.licence ?? atTop.get(`node_modules/${name}`)?.licence ?? 'see its package';
      return `| ${name} | ${version} | ${licence} | ${why[name] ?? ''} |`;
    });
  return [
    '# What we are made of',
    '',
    'Made by `npm run generate` from `deploy/supply-chain/dependencies.json` and the lock file. `npm run supply-chain` checks them and writes',
    'a bill of materials for each service.',
    '',
    '| package | version | licence | why |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
