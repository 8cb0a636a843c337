import type { Manifest, Spec } from './kubernetes-rendered';

interface Pod {
  readonly labels: Record<string, string>;
  readonly spec: Spec;
}

const podOf = ({ spec }: Manifest): Pod => ({ labels: spec.template.metadata.labels, spec: spec.template.spec });
const matches = (selector: Record<string, string> = {}, labels: Record<string, string>): boolean =>
  Object.entries(selector).every(([key, value]) => labels[key] === value);

/** What we ask of every pod (Pod Security "restricted", and more), each as a sentence and whether it holds. */
const ofPods: readonly (readonly [string, (pod: Pod) => boolean])[] = [
  [
    'runs as nobody special',
    ({ spec }) => spec.securityContext?.runAsNonRoot === true && spec.securityContext.runAsUser > 0,
  ],
  ['has the default seccomp profile', ({ spec }) => spec.securityContext?.seccompProfile?.type === 'RuntimeDefault'],
  ['has no token of the cluster', ({ spec }) => spec.automountServiceAccountToken === false],
  [
    'mounts nothing of the node',
    ({ spec }) =>
      !(spec.volumes ?? []).some((volume: object) => 'hostPath' in volume) && !spec.hostNetwork && !spec.hostPID,
  ],
];

const ofContainers: readonly (readonly [string, (container: Spec) => boolean])[] = [
  ['writes to no file of its image', ({ securityContext }) => securityContext?.readOnlyRootFilesystem === true],
  ['gains no privilege', ({ securityContext }) => securityContext?.allowPrivilegeEscalation === false],
  [
    'has no capability',
    ({ securityContext }) =>
      securityContext?.capabilities?.drop?.includes('ALL') === true && !securityContext.capabilities.add,
  ],
  [
    'says what memory and processor it needs',
    ({ resources }) => Boolean(resources?.limits?.memory && resources.requests?.memory && resources.requests.cpu),
  ],
  ['names its image by a version or a digest', ({ image }) => /@sha256:|:(?!latest$)[\w.-]+$/.test(String(image))],
  [
    'holds no secret in its manifest',
    ({ env = [] }) =>
      env.every(
        ({ name, value }: { name: string; value?: string }) =>
          value === undefined || !/KEY|PASSWORD|SECRET|TOKEN|_URL$/.test(name),
      ),
  ],
];

const ofServices: readonly (readonly [string, (container: Spec) => boolean])[] = [
  [
    'is asked whether it has started, is ready, is alive',
    ({ startupProbe, readinessProbe, livenessProbe }) => Boolean(startupProbe && readinessProbe && livenessProbe),
  ],
  ['is never called dead for what others do', ({ livenessProbe }) => livenessProbe?.httpGet?.path === '/health/live'],
  ['lets proxies hear that it goes', ({ lifecycle }) => lifecycle?.preStop !== undefined],
];

/** Rules that a set of manifests breaks, as sentences. */
export function policyFaults(manifests: readonly Manifest[]): string[] {
  const of = (kind: string): Manifest[] => manifests.filter((one) => one.kind === kind);
  const deployments = of('Deployment');
  const pods = [...deployments, ...of('Job')].flatMap((manifest) => {
    const pod = podOf(manifest);
    const containers = pod.spec.containers as object[];
    const broken = [
      ...ofPods.filter(([, holds]) => !holds(pod)),
      ...ofContainers.filter(([, holds]) => !containers.every(holds)),
      ...(manifest.kind === 'Deployment' ? ofServices.filter(([, holds]) => !containers.every(holds)) : []),
    ];
    const policies = of('NetworkPolicy').filter(
      ({ spec }) => matches(spec.podSelector.matchLabels, pod.labels) && spec.podSelector.matchLabels,
    );
    return [
      ...broken.map(([sentence]) => `${manifest.kind} ${manifest.metadata.name}: not so that it ${sentence}`),
      ...(policies.length === 1
        ? []
        : [`${manifest.kind} ${manifest.metadata.name}: ${policies.length} network policies are about it, not one`]),
    ];
  });
  return [...pods, ...deployments.flatMap((one) => besideDeployment(one, of)), ...aroundAll(manifests, of)];
}

/** What has to stand beside each service, about its pods and no other's. */
function besideDeployment({ metadata: { name }, spec }: Manifest, of: (kind: string) => Manifest[]): string[] {
  const { labels, spec: pod } = podOf({ spec } as Manifest);
  const isItsOwn = (selector?: Record<string, string>): boolean =>
    matches(selector, labels) && selector?.['app.kubernetes.io/name'] === labels['app.kubernetes.io/name'];
  const about = (kind: string, selectorOf: (spec: never) => Record<string, string>): number =>
    of(kind).filter((one) => isItsOwn(selectorOf(one.spec as never))).length;
  const counts: readonly (readonly [string, number])[] = [
    ['Service', about('Service', ({ selector }: { selector: Record<string, string> }) => selector)],
    [
      'PodDisruptionBudget',
      about(
        'PodDisruptionBudget',
        ({ selector }: { selector: { matchLabels: Record<string, string> } }) => selector.matchLabels,
      ),
    ],
    [
      'ServiceMonitor',
      about(
        'ServiceMonitor',
        ({ selector }: { selector: { matchLabels: Record<string, string> } }) => selector.matchLabels,
      ),
    ],
    [
      'HorizontalPodAutoscaler',
      of('HorizontalPodAutoscaler').filter((one) => one.spec.scaleTargetRef.name === name).length,
    ],
  ];
  const spread = (pod.topologySpreadConstraints ?? []) as { labelSelector: { matchLabels: Record<string, string> } }[];
  return [
    ...counts
      .filter(([, count]) => count !== 1)
      .map(([kind, count]) => `Deployment ${name}: ${count} of ${kind} beside it, not one`),
    ...(spread.length > 0 && spread.every(({ labelSelector }) => isItsOwn(labelSelector.matchLabels))
      ? []
      : [`Deployment ${name}: is not spread by its own pods`]),
    ...(spec.replicas === undefined
      ? []
      : [`Deployment ${name}: says a number of replicas, which the autoscaler decides`]),
    ...(spec.strategy?.rollingUpdate?.maxUnavailable === 0
      ? []
      : [`Deployment ${name}: takes a replica away before its successor is ready`]),
  ];
}

function aroundAll(manifests: readonly Manifest[], of: (kind: string) => Manifest[]): string[] {
  const denies = of('NetworkPolicy').some(
    ({ spec }) => !spec.podSelector.matchLabels && !spec.ingress && !spec.egress && spec.policyTypes.length === 2,
  );
  const open = of('NetworkPolicy').filter(({ spec }) =>
    [...(spec.ingress ?? []), ...(spec.egress ?? [])].some(
      (rule: { from?: object[]; to?: object[]; ports?: object[] }) =>
        !(rule.from ?? rule.to)?.length || !rule.ports?.length,
    ),
  );
  const enforced = of('Namespace').every(
    ({ metadata }) => metadata.labels?.['pod-security.kubernetes.io/enforce'] === 'restricted',
  );
  return [
    ...(denies ? [] : ['nothing denies what no policy allows']),
    ...(of('Namespace').length === 1 && enforced ? [] : ['the namespace does not enforce restricted pods']),
    ...open.map(({ metadata }) => `NetworkPolicy ${metadata.name}: a rule names nobody, or no port`),
    ...of('Secret').map(({ metadata }) => `Secret ${metadata.name}: secrets are made by the house, never kept here`),
    ...manifests
      .filter(({ kind, metadata }) => kind !== 'Namespace' && !metadata.namespace)
      .map(({ kind, metadata }) => `${kind} ${metadata.name}: has no namespace`),
  ];
}
