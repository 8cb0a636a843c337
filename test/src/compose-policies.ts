import { type Service, services } from '@okienko/contracts/event';

interface Mount {
  readonly type: string;
  readonly source: string;
  readonly target: string;
  readonly read_only?: boolean;
}

export interface Container {
  image: string;
  user?: string;
  restart?: string;
  read_only?: boolean;
  privileged?: boolean;
  network_mode?: string;
  cap_drop?: string[];
  cap_add?: string[];
  security_opt?: string[];
  mem_limit?: string;
  pids_limit?: number;
  logging?: { options?: Record<string, string> };
  healthcheck?: { test: string[] };
  environment?: Record<string, string | null>;
  networks?: Record<string, unknown>;
  ports?: { host_ip?: string }[];
  depends_on?: Record<string, { condition: string }>;
  secrets?: { source: string; target: string }[];
  volumes?: Mount[];
}

/** compose.yaml as `docker compose config` understands it. */
export interface Composition {
  services: Record<string, Container>;
  networks: Record<string, { internal?: boolean }>;
  secrets: Record<string, { file?: string }>;
}

const isService = (name: string): name is Service => services.some((service) => service === name);
/** Gives folders away and ends: root, with that right alone and nobody to talk to. */
const isGiver = ({ network_mode, cap_add }: Container): boolean =>
  network_mode === 'none' && cap_add?.join() === 'CHOWN';

const ofContainers: readonly (readonly [string, (container: Container, name: string) => boolean])[] = [
  ['runs as nobody special', (one) => isGiver(one) || /^[1-9]\d*:[1-9]\d*$/.test(one.user ?? '')],
  ['writes to no file of its image', ({ read_only }) => read_only === true],
  ['has no capability', (one) => one.cap_drop?.join() === 'ALL' && (isGiver(one) || !one.cap_add) && !one.privileged],
  ['gains no privilege', ({ security_opt }) => security_opt?.includes('no-new-privileges:true') === true],
  ['has a limit of memory and processes', ({ mem_limit, pids_limit }) => Boolean(mem_limit && pids_limit)],
  [
    'fills no disk with its log',
    ({ logging }) => Boolean(logging?.options?.['max-size'] && logging.options['max-file']),
  ],
  ['names its image by a version', ({ image }) => /:(?!latest)[\w.-]*\d[\w.-]*$/.test(image)],
  [
    'is told no secret in the open',
    ({ environment = {} }) =>
      !Object.keys(environment).some((key) => /(KEY|PASSWORD|SECRET|TOKEN|_URL)$/.test(key) && key !== 'PUBLIC_URL'),
  ],
  [
    'runs once, or comes back and says how it is',
    ({ restart, healthcheck }) => restart === 'no' || (restart === 'unless-stopped' && Boolean(healthcheck)),
  ],
  [
    'mounts of the machine nothing but files of ours that it only reads',
    ({ volumes = [] }) =>
      volumes.every(
        ({ type, source, read_only }) =>
          type === 'volume' || (/\/deploy\/(compose|nats|postgres|backup)\/[\w.]+$/.test(source) && read_only),
      ),
  ],
  [
    'is reached on loopback alone, and only as a service or for a trial',
    ({ ports = [] }, name) =>
      ports.every(({ host_ip }) => host_ip === '127.0.0.1') &&
      ports.length === (isService(name) || name === 'trial' ? 1 : 0),
  ],
];

/** Who is on which network: of those that nothing enters from outside, those alone that need it. */
const members: Readonly<Record<string, RegExp>> = {
  front: new RegExp(`^(trial|${services.join('|')})$`),
  database: new RegExp(`^(postgres|roles|backup|(${services.join('|')})(-migration)?)$`),
  broker: new RegExp(`^(nats-[123]|streams|${services.join('|')})$`),
  cluster: /^nats-[123]$/,
};

/** Rules that a composition breaks, as sentences. */
export function policyFaults({ services: containers, networks }: Composition): string[] {
  const all = Object.entries(containers);
  const broken = all.flatMap(([name, container]) =>
    ofContainers
      .filter(([, holds]) => !holds(container, name))
      .map(([sentence]) => `${name}: not so that it ${sentence}`),
  );
  const strangers = all.flatMap(([name, { networks: of = {}, network_mode }]) => [
    ...Object.keys(of)
      .filter((network) => !members[network]?.test(name))
      .map((network) => `${name}: has no business on ${network}`),
    ...(network_mode && network_mode !== 'none' ? [`${name}: leaves the networks by network_mode`] : []),
  ]);
  const open = Object.entries(networks).filter(([name, { internal }]) => name !== 'front' && !internal);
  const early = all.flatMap(([name, { depends_on = {} }]) =>
    Object.entries(depends_on)
      .filter(
        ([of, { condition }]) =>
          condition !== (containers[of]?.restart === 'no' ? 'service_completed_successfully' : 'service_healthy'),
      )
      .map(([of]) => `${name}: does not wait for the end, or the health, of ${of}`),
  );
  const unprepared = services.filter((name) => {
    const waits = Object.keys(containers[name]?.depends_on ?? {});
    return !waits.includes(`${name}-migration`) || !waits.includes('streams');
  });
  const shared = Object.entries(
    Object.groupBy(
      all.flatMap(([name, { secrets = [] }]) => secrets.map(({ source }) => ({ source, name }))),
      ({ source }) => source,
    ),
  )
    .map(([source, uses = []]) => [source, uses.map(({ name }) => name).filter(isService)] as const)
    .filter(([, users]) => users.length > 1);
  return [
    ...broken,
    ...strangers,
    ...open.map(([name]) => `network ${name}: is open to the outside`),
    ...early,
    ...unprepared.map((name) => `${name}: starts before its schema or the streams are there`),
    ...shared.map(([source, users]) => `secret ${source}: is known to ${users.join(' and ')}`),
  ];
}
