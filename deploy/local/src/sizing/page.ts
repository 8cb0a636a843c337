import { acts, type Assumptions, type Costs, readAssumptions, readCosts, type Size, sizeOf, spenders } from './model';

const number = (value: number, digits = 3): string =>
  value === 0
    ? '0'
    : Number(value.toPrecision(digits)).toLocaleString('en', { maximumFractionDigits: 6, useGrouping: true });
const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [row(head), row(head.map((_, index) => (index === 0 ? '---' : '--:'))), ...rows.map(row)].join('\n');

const told = {
  journey: 'a journey: an application of two services, to the closed plan, its webhooks and messages',
  write: 'one more act (a person is registered)',
  look: 'a look at a file',
  search: 'a search of the directory',
};

const many = { journey: 'journeys', write: 'other acts', look: 'looks', search: 'searches' };

/** What of it people see in a terminal. */
export const sizesTable = (sizes: readonly Size[], { prices }: Assumptions): string =>
  table(
    ['', ...sizes.map(({ name }) => name)],
    [
      ['residents', ...sizes.map(({ residents }) => number(residents, 7))],
      ['journeys a year', ...sizes.map(({ yearly }) => number(yearly.journey))],
      [
        'journeys, acts, looks, searches a second at the peak',
        ...sizes.map(({ peak }) => acts.map((act) => number(peak[act], 2)).join(', ')),
      ],
      [
        'cores that are busy at the peak',
        ...sizes.map(({ busy }) =>
          number(
            Object.values(busy).reduce((all, one) => all + one, 0),
            2,
          ),
        ),
      ],
      [
        'replicas of catalogue, cases, providers, notifications',
        ...sizes.map(
          ({ replicas: { catalogue, cases, providers, notifications } }) =>
            `${catalogue}, ${cases}, ${providers}, ${notifications}`,
        ),
      ],
      ['deployed by, below deploy/kubernetes', ...sizes.map(({ overlay }) => `\`${overlay}\``)],
      ['connections to PostgreSQL', ...sizes.map(({ connections }) => connections)],
      ['**vCPU**', ...sizes.map(({ vCpu }) => `**${vCpu}**`)],
      ['**memory, GB**', ...sizes.map(({ memoryGb }) => `**${memoryGb}**`)],
      ['memory of an instance of PostgreSQL, GB', ...sizes.map(({ instanceGb }) => number(instanceGb, 2))],
      ['tables after five years, GB on each instance', ...sizes.map(({ databaseGb }) => number(databaseGb))],
      ['**disks together, GB**', ...sizes.map(({ diskGb }) => `**${diskGb}**`)],
      ['their growth a year, GB', ...sizes.map(({ diskGbAYear }) => number(diskGbAYear))],
      [
        `${prices.currency} a month: vCPU, memory, disk`,
        ...sizes.map(({ money }) => [money.vCpu, money.memory, money.disk].map((one) => number(one)).join(', ')),
      ],
      [`**${prices.currency} a month**`, ...sizes.map(({ money }) => `**${number(money.total, 4)}**`)],
      [
        'what the cores are busy with',
        ...sizes.map(({ shares }) => acts.map((act) => `${act} ${Math.round(shares[act] * 100)} %`).join(', ')),
      ],
    ],
  );

const costsTable = ({ acts: costs }: Costs): string =>
  table(
    ['', ...spenders.map((who) => `${who}, ms`), 'together, ms', 'WAL, kB', 'tables, kB', 'streams, kB'],
    acts.map((act) => {
      const { cpu, wal, stored, streamed } = costs[act];
      const together = Object.values(cpu).reduce((all, one) => all + one, 0);
      return [
        told[act],
        ...spenders.map((who) => number(cpu[who] * 1000, 2)),
        number(together * 1000, 2),
        ...[wal, stored, streamed].map((bytes) => number(bytes / 1024, 2)),
      ];
    }),
  );

const assumptionsTable = (assumed: Assumptions): string =>
  table(
    ['', 'value', ''],
    [
      ...acts.map((act) => {
        const { why, ...rate } = assumed.yearly[act];
        const [[per, value]] = Object.entries(rate) as [[string, number]];
        return [`${many[act]} a year per ${per === 'perResident' ? 'resident' : 'journey'}`, value, why];
      }),
      ...(
        [
          'hoursOfWork',
          'peak',
          'utilisation',
          'years',
          'indexAndBloat',
          'copies',
          'diskBefore',
          'streamDays',
          'streamCopies',
          'archiveDays',
        ] as const
      ).map((name) => [name, assumed[name].value, assumed[name].why]),
      [
        'prices',
        `${assumed.prices.vCpu} a vCPU, ${assumed.prices.memoryGb} a GB of memory, ${assumed.prices.diskGb} a GB of disk (${assumed.prices.currency})`,
        assumed.prices.why,
      ],
    ],
  ).replace('| --: | --: |', '| --: | --- |');

/** `docs/sizing.md`, from what was measured and what is assumed. */
export function sizingDocument(): string {
  const [costs, assumed] = [readCosts(), readAssumptions()];
  const sizes = assumed.places.map((place) => sizeOf(place, costs, assumed));
  const { at, hardware, versions, journeys } = costs.measured;
  return `# How large

Made by \`npm run generate\` from \`deploy/sizing/costs.json\`, which was measured, and \`deploy/sizing/assumptions.json\`, which is assumed: put in your own and run
\`npm run sizing\`. It is arithmetic, not a load test: what a machine really bears, only a run on that machine says.

${sizesTable(sizes, assumed)}

**Few cores are ever busy**: at these rates it is the replicas that stand by which are paid for, and with growing towns memory and disks for what is kept. Whoever knows better what their
residents and staff do in a year changes the rates first.

Everything is counted: replicas that stand by, three instances of PostgreSQL and three nodes of NATS as in \`deploy/kubernetes/engines\`, which is sized for Elbląg
(\`deploy/kubernetes/overlays/city-engines\` for a million). A small gmina that
takes one machine and a backup (\`deploy/compose.yaml\`) has one of each, and waits for a restore when that machine dies.

## What was measured

${costsTable(costs)}

By \`npm run sizing -- --measure\` beside \`npm start\` on ${at}, ${journeys} journeys, one after another; ${hardware}; ${versions}. Seconds of a core, as the kernel counts
them; what everything takes while nobody asks is taken off. Memory of a process then: ${spenders.map((who) => `${who} ${number(costs.memory[who] / 2 ** 20)} MiB`).join(', ')}.

## What is assumed

${assumptionsTable(assumed)}

Cores: what is busy at the peak by the utilisation; at least as many replicas as the folder keeps, one more for each core that a service needs; one that stands by has a quarter of a core, an instance or node that follows another as much as it. Memory: half as much again as measured, and for
PostgreSQL a quarter of its tables, a gigabyte to thirty-two. Disks: tables with their room, streams with their copy for each partner over NATS, the archive of WAL and one base backup.
`;
}
