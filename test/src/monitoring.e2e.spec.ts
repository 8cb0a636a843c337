import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { samplesOf } from '@okienko/local/exposition';
import type { RuleGroup } from '@okienko/local/objectives';
import { drawn, type Figures } from '@okienko/local/page-figures';
import { checkout } from '@okienko/local/paths';
import { loginOf } from '@okienko/messaging/jetstream';
import { eventually } from '@okienko/testing/eventually';
import { parse } from 'yaml';
import { LocalDeployment } from './local-deployment';
import { selectorsOf } from './promql';
import { postgresTools } from './restore/postgres-tools';

/** Metrics without a sample in this run, whose labels it cannot show. */
const withoutSample: Readonly<Record<string, readonly string[]>> = {
  notifications_nats_feed_lag: ['subscription'],
  okienko_deadlines_overdue: ['kind'],
  okienko_deadlines_approaching: ['kind'],
};
/** What Prometheus adds to every sample, and what it tells itself. */
const ofScrape = ['job', 'instance'];
const ofPrometheus = ['up'];
/** What the operator CloudNativePG tells in the place of deploy/backup/run.sh (its page "Monitoring", release 1.27). */
const ofCloudNativePg = [
  'cnpg_collector_last_available_backup_timestamp',
  'cnpg_pg_stat_archiver_last_archived_time',
  'cnpg_pg_stat_archiver_last_failed_time',
];
/** Which answers there have been is chance. */
const byChance = ['status'];

const folder = join(checkout, 'deploy');
const rules = readdirSync(join(folder, 'prometheus', 'rules')).flatMap((file) => {
  const text = readFileSync(join(folder, 'prometheus', 'rules', file), 'utf8');
  return (parse(text) as { groups: RuleGroup[] }).groups.flatMap((one) => one.rules);
});
const recorded = new Set(rules.flatMap(({ record = [] }) => record));

interface Panel {
  readonly title: string;
  readonly targets?: readonly { readonly expr: string; readonly legendFormat: string }[];
}
const panels = readdirSync(join(folder, 'grafana'))
  .filter((file) => file.endsWith('.json'))
  .flatMap((file) => {
    const { title, panels } = JSON.parse(readFileSync(join(folder, 'grafana', file), 'utf8')) as {
      title: string;
      panels: Panel[];
    };
    return panels.flatMap((panel) =>
      (panel.targets ?? []).map((target) => ({ where: `${title}, ${panel.title}`, ...target })),
    );
  });
const questions = [...rules.map(({ alert, record, expr }) => ({ where: alert ?? record ?? '', expr })), ...panels];

/** The text file of a backup of the database that runs. */
async function backupTells({ home, places }: LocalDeployment): Promise<string> {
  const [folder, slot] = [join(home, 'backup'), 'monitored'];
  mkdirSync(folder);
  const env = { ...postgresTools(places.databaseUrl, home), BACKUP_FOLDER: folder, BACKUP_NAME: slot };
  const backup = spawn('sh', [join(checkout, 'deploy', 'backup', 'run.sh')], { env, stdio: 'ignore', detached: true });
  try {
    return await eventually(() => Promise.resolve(readFileSync(join(folder, 'okienko_backup.prom'), 'utf8')), 20_000);
  } finally {
    if (backup.pid) process.kill(-backup.pid, 'SIGKILL');
  }
}

describe('what is asked of metrics', () => {
  let deployment: LocalDeployment;
  const names = new Set<string>();
  /** Of each metric, what its labels hold. */
  const labels = new Map<string, Map<string, Set<string>>>();

  beforeAll(async () => {
    deployment = await LocalDeployment.prepare();
    await deployment.start();
    const connection = await connect(loginOf(deployment.brokerUrl));
    // Between them, all four read these two streams.
    for (const stream of ['catalogue', 'cases'])
      await jetstream(connection).publish(`okienko.${stream}.nothing.readable.v1`, 'this is no event');
    await connection.close();
    const { services } = await deployment.json<{ services: { url: string }[] }>('/status.json');
    const scraped = () => Promise.all(services.map(async ({ url }) => (await fetch(`${url}/metrics`)).text()));
    await eventually(async () => {
      for (const text of await scraped()) expect(text).toMatch(/^okienko_dead_letters_parked\{/m);
    }, 20_000);
    for (const text of [...(await scraped()), await backupTells(deployment)]) {
      for (const [, name = ''] of text.matchAll(/^# TYPE (\S+)/gm)) names.add(name);
      for (const sample of samplesOf(text)) {
        names.add(sample.name);
        const known = labels.get(sample.name) ?? new Map<string, Set<string>>();
        labels.set(sample.name, known);
        for (const [label, value] of Object.entries(sample.labels))
          known.set(label, (known.get(label) ?? new Set()).add(value));
      }
    }
  }, 180_000);

  afterAll(() => deployment.remove(), 60_000);

  const labelsOf = (metric: string): readonly string[] =>
    recorded.has(metric)
      ? ['slo', 'service']
      : [...ofScrape, ...(withoutSample[metric] ?? labels.get(metric)?.keys() ?? []), 'service'];

  test('by dashboards and rules, is exported, label by label', () => {
    expect(questions.length).toBeGreaterThan(150);
    const faults = questions.flatMap(({ where, expr }) =>
      selectorsOf(expr).flatMap(({ metric, matchers, groupedBy }) => {
        if (ofCloudNativePg.includes(metric))
          return matchers.map(() => `${where}: ${metric} is not ours to choose from`);
        if (!recorded.has(metric) && !ofPrometheus.includes(metric) && !names.has(metric))
          return [`${where}: there is no metric ${metric}`];
        if (ofPrometheus.includes(metric)) return [];
        const known = labelsOf(metric);
        const missing = [...matchers.map(({ label }) => label), ...groupedBy].filter((label) => !known.includes(label));
        const unheld = matchers.filter(
          ({ label, op, value }) =>
            op === '=' &&
            ![...byChance, ...ofScrape].includes(label) &&
            labels.has(metric) &&
            !labels.get(metric)?.get(label)?.has(value),
        );
        return [
          ...missing.map((label) => `${where}: ${metric} has no label ${label}`),
          ...unheld.map(({ label, value }) => `${where}: no ${metric} has the ${label} ${value}`),
        ];
      }),
    );
    expect(faults).toEqual([]);
  });

  test('by the names of lines in dashboards, is a label', () => {
    const faults = panels.flatMap(({ where, expr, legendFormat }) => {
      const known = new Set(
        selectorsOf(expr).flatMap(({ metric, groupedBy }) => (recorded.has(metric) ? labelsOf(metric) : groupedBy)),
      );
      return [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)]
        .filter(([, label = '']) => !known.has(label))
        .map(([, label]) => `${where}: ${label}`);
    });
    expect(faults).toEqual([]);
  });

  test('and has no sample, really has none', () => {
    for (const metric of Object.keys(withoutSample)) expect([metric, labels.has(metric)]).toEqual([metric, false]);
  });

  test('by the page, is exported and drawn', async () => {
    for (const { name } of Object.values(drawn)) expect([name, names.has(name)]).toEqual([name, true]);
    for (const { name, ...of } of [drawn.handled, drawn.webhooks])
      expect(labels.get(name)?.get('outcome')).toContain(of.outcome);
    await deployment.run('journey');
    await eventually(async () => {
      const history = await deployment.json<Figures[]>('/figures.json');
      const most = (of: (figures: Figures) => number | null): number => Math.max(...history.map((one) => of(one) ?? 0));
      for (const figure of [
        most(({ requests }) => requests['cases'] ?? 0),
        most(({ answered }) => answered['cases'] ?? 0),
        most(({ events }) => events.published),
        most(({ events }) => events.handled),
        most(({ lag }) => lag),
        most(({ webhooks }) => webhooks),
        most(({ waiting }) => waiting.deadLetters),
      ])
        expect(figure).toBeGreaterThan(0);
    }, 20_000);
  }, 60_000);

  test('tells nothing that could be a person’s', () => {
    const allowed = /^(?:[\w./:+*-]{0,64}|\{[\w-]+\}|\/[\w./:{}*@-]*|[\d.e+-]+)$/;
    for (const [metric, known] of labels)
      for (const [label, values] of known)
        for (const value of values) {
          expect([metric, label, value]).toEqual([metric, label, expect.stringMatching(allowed)]);
          expect(value).not.toMatch(/\d{11}|@\w/);
        }
  });
});
