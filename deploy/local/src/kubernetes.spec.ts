import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { services } from '@okienko/contracts/event';
import { policyFaults } from './kubernetes-policies';
import { type Manifest, rendered, type Spec, typeFaults } from './kubernetes-rendered';
import { checkout } from './paths';
import { type Place, readAssumptions, readCosts, sizeOf } from './sizing/model';

interface Cluster {
  readonly instances: number;
  readonly storage: { readonly size: string };
  readonly resources: { readonly limits: { readonly memory: string } };
  readonly backup: { readonly retentionPolicy: string };
}

const overlays = ['overlays/small', 'overlays/city'];
const city = rendered('overlays/city');
if (!city) console.warn('The manifests are not rendered without kubectl, and their tests are skipped.');

const changed = (kind: string, change: (manifest: { metadata: object; spec: Spec }) => void): Manifest[] =>
  structuredClone(city ?? []).map((manifest) => {
    if (manifest.kind === kind) change(manifest as { metadata: object; spec: object });
    return manifest;
  });

(city ? describe : describe.skip)('manifests', () => {
  test.each([...overlays, 'whole', ...services])(
    '%s is what the Kubernetes API takes, without an unknown key',
    (folder) => {
      const manifests = rendered(folder) ?? [];
      expect(manifests.length).toBeGreaterThan(7);
      expect(typeFaults(manifests)).toEqual([]);
    },
    60_000,
  );

  test.each(overlays)('%s keeps our policies', (folder) => expect(policyFaults(rendered(folder) ?? [])).toEqual([]));

  test('rules and dashboards for a cluster are all that there are, and what its operators take', () => {
    const manifests = rendered('monitoring') ?? [];
    expect(typeFaults(manifests)).toEqual([]);
    const [dashboards] = manifests.filter(({ kind }) => kind === 'ConfigMap') as (Manifest & { data: object })[];
    const there = readdirSync(join(checkout, 'deploy', 'grafana')).filter((file) => file.endsWith('.json'));
    expect(Object.keys(dashboards?.data ?? {}).sort()).toEqual(there.sort());
    expect(manifests.map(({ kind }) => kind).sort()).toEqual(['ConfigMap', 'PrometheusRule']);
  }, 60_000);

  test('a service alone is what it is among all', () => {
    for (const service of services) {
      const alone = (rendered(service) ?? []).map(({ kind, metadata }) => `${kind} ${metadata.name}`);
      expect((rendered('whole') ?? []).map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual(
        expect.arrayContaining(alone),
      );
    }
  });

  test.each(services)('%s is told nothing that it does not know', (service) => {
    const known = ['libs/chassis', `services/${service}`]
      .map((folder) => readFileSync(join(checkout, folder, 'src', 'config.ts'), 'utf8'))
      .join();
    const maps = (rendered(service) ?? []).filter(({ kind }) => kind === 'ConfigMap') as (Manifest & {
      data: Record<string, string>;
    })[];
    const told = maps.flatMap(({ data }) => Object.keys(data)).map((name) => name.replace(/_FILE$/, ''));
    expect(told).toEqual(expect.arrayContaining(['DATABASE_URL', 'OIDC_ISSUER']));
    expect(told.filter((name) => !new RegExp(`\\b${name}\\b`).test(known))).toEqual([]);
  });

  const { places, archiveDays } = readAssumptions();
  test.each(places)('$name ($overlay) is deployed as docs/sizing.md counts it', ({ overlay, replicas }) => {
    const scalers = (rendered(overlay) ?? []).filter(({ kind }) => kind === 'HorizontalPodAutoscaler');
    expect(scalers.map(({ spec }) => (spec as { minReplicas: number }).minReplicas)).toEqual(
      services.map(() => replicas),
    );
  });

  test.each([
    ['engines', 'whole'],
    ['overlays/city-engines', 'overlays/city'],
  ])('%s has room for what goes with %s', (folder, overlay) => {
    const place = places.find((one) => one.overlay === overlay && one.times === undefined);
    const { databaseGb, instanceGb } = sizeOf(place as Place, readCosts(), readAssumptions());
    const cluster = (rendered(folder) ?? []).find(({ kind }) => kind === 'Cluster')?.spec as Cluster;
    const gb = (size: string): number => Number(/^(\d+)Gi$/.exec(size)?.[1]);
    expect(cluster.instances).toBe(readAssumptions().copies.value);
    expect(gb(cluster.storage.size)).toBeGreaterThan(databaseGb);
    expect(gb(cluster.resources.limits.memory)).toBeGreaterThan(instanceGb);
    expect(cluster.backup.retentionPolicy).toBe(`${archiveDays.value}d`);
  });

  test('the script for backups keeps as many days as is counted', () =>
    expect(readFileSync(join(checkout, 'deploy', 'backup', 'run.sh'), 'utf8')).toContain(
      `BACKUP_DAYS:-${archiveDays.value}}`,
    ));

  test('a misspelt and an unknown key are found', () => {
    const misspelt = changed('Deployment', ({ spec }) => (spec.template.spec.containers[0].livenesProbe = {}));
    expect(typeFaults(misspelt)).toEqual(services.map(() => expect.stringContaining('livenesProbe')));
    expect(typeFaults(changed('Job', ({ spec }) => delete spec.template))).toHaveLength(services.length);
  }, 60_000);

  test.each<[string, string, (manifest: { metadata: object; spec: Spec }) => void]>([
    ['root', 'Deployment', ({ spec }) => delete spec.template.spec.securityContext.runAsNonRoot],
    [
      'a writable image',
      'Job',
      ({ spec }) => (spec.template.spec.containers[0].securityContext.readOnlyRootFilesystem = false),
    ],
    ['latest', 'Deployment', ({ spec }) => (spec.template.spec.containers[0].image = 'okienko-cases:latest')],
    ['no version', 'Deployment', ({ spec }) => (spec.template.spec.containers[0].image = 'okienko-cases')],
    [
      'a secret in the open',
      'Job',
      ({ spec }) => (spec.template.spec.containers[0].env = [{ name: 'MASTER_KEY', value: 'x' }]),
    ],
    [
      'liveness that depends on others',
      'Deployment',
      ({ spec }) => (spec.template.spec.containers[0].livenessProbe.httpGet.path = '/health/ready'),
    ],
    [
      'a spread over everybody',
      'Deployment',
      ({ spec }) =>
        delete spec.template.spec.topologySpreadConstraints[1].labelSelector.matchLabels['app.kubernetes.io/name'],
    ],
    ['no budget', 'PodDisruptionBudget', ({ spec }) => (spec.selector.matchLabels = { a: 'b' })],
    ['an open network', 'NetworkPolicy', ({ spec }) => (spec.ingress = [{}])],
    ['no limit', 'Deployment', ({ spec }) => delete spec.template.spec.containers[0].resources.limits],
  ])('%s breaks a policy', (_, kind, change) => expect(policyFaults(changed(kind, change))).not.toEqual([]));
});
