import type { Service } from '@okienko/contracts/event';
import { topology } from '@okienko/contracts/streams';
import { type Broker, loginOf, openBroker } from '@okienko/messaging/jetstream';
import { missingFrom } from '@okienko/messaging/topology-plan';
import { clockFinding, type Finding, fine, unreachable, unsafe, warning } from './finding';

/** Holes that are known: GO-2025-3600, and those of March 2026 (CVE-2026-33215 to 33249). */
const mendedIn: readonly (readonly [number, number, number])[] = [
  [2, 11, 15],
  [2, 12, 6],
];

/** Whether the version has what was mended in its own line, or is of a later one. */
export function hasKnownHoles(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split(/[.-]/).map(Number);
  const line = mendedIn.find(([, of]) => of === minor);
  if (major !== 2) return major < 2;
  return line ? patch < line[2] : minor < 11;
}

/** Who the service is to the broker, and what it could do there that it should not. */
export async function brokerFindings(service: Service, namespace: string, url: string): Promise<Finding[]> {
  let broker: Broker | undefined;
  try {
    broker = await openBroker(url, `${service} doctor`);
    const missing = await missingFrom(broker.manager, namespace, service);
    const { version = '' } = broker.connection.info ?? {};
    return [
      await brokerClock(broker, namespace),
      hasKnownHoles(version)
        ? unsafe('broker version', `nats-server ${version} has known holes.`, 'Use 2.11.15, 2.12.6 or later.')
        : fine('broker version', `nats-server ${version}.`),
      missing.length === 0
        ? fine('broker streams', 'All that the service needs.')
        : unsafe(
            'broker streams',
            `Missing: ${missing.join(', ')}.`,
            'Run `npm run streams -- --apply` for this deployment.',
          ),
      ...userFindings(service, url),
      ...(await rightsFindings(broker, namespace, service)),
    ];
  } catch (error) {
    return [unreachable('broker', error)];
  } finally {
    await broker?.connection.close();
  }
}

async function brokerClock({ manager }: Broker, namespace: string): Promise<Finding> {
  const asked = Date.now();
  const { ts } = await manager.streams.info(topology(namespace).streams[0]?.name ?? '');
  return ts === undefined
    ? warning('broker clock', 'The broker does not tell its time.', 'Use a newer nats-server.')
    : clockFinding('broker clock', new Date(ts), asked, Date.now());
}

const remedy = 'Give each service a user of its own: deploy/nats/services.conf.';

function userFindings(service: Service, url: string): Finding[] {
  const { user } = loginOf(url);
  if (user === undefined) return [unsafe('broker user', 'The broker lets the service in without a name.', remedy)];
  return user === service
    ? [fine('broker user', `The service comes in as ${user}.`)]
    : [unsafe('broker user', `The service comes in as ${user}.`, remedy)];
}

/** Tries what must be refused and changes nothing even where it is not. */
async function rightsFindings({ connection }: Broker, namespace: string, service: Service): Promise<Finding[]> {
  const ask = (subject: string): Promise<boolean> =>
    connection.request(subject, '', { timeout: 1_000 }).then(
      () => true,
      () => false,
    );
  const other = topology(namespace).consumers.find((plan) => plan.service !== service);
  const forbidden = {
    'list the streams': '$JS.API.STREAM.NAMES',
    'look at the durable of another': `$JS.API.CONSUMER.INFO.${other?.stream}.${other?.durable}`,
  };
  const found: Finding[] = [];
  for (const [what, subject] of Object.entries(forbidden))
    if (await ask(subject)) found.push(unsafe('broker rights', `The service may ${what}.`, remedy));
  return found.length > 0 ? found : [fine('broker rights', 'What must be refused is refused.')];
}
