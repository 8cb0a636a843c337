import type { OperationsState } from '@okienko/chassis/platform.controllers';
import type { Service } from '@okienko/contracts/event';
import type { Command } from 'commander';
import { exitCodes, Obstacle, reasonOf } from '../obstacle';
import { Deployment } from './deployment';
import { answer, examples, finding } from './telling';

/** Of a subscription, as notifications tells it. */
interface Backlog {
  readonly subscriptionId: string;
  readonly partnerId: string;
  readonly waiting: number;
  readonly oldestSeconds: number | null;
  readonly parked: number;
  readonly brokenSince: string | null;
  readonly pausedAt: string | null;
}

interface ServiceStatus {
  readonly service: Service;
  readonly url: string;
  readonly ready: boolean;
  readonly state?: OperationsState;
  readonly backlogs?: readonly Backlog[];
  /** Why it could not be asked. */
  readonly failure?: string;
  /** What somebody has to look at, and how. */
  readonly findings: readonly string[];
}

/** Seconds that an event may wait for the broker before somebody should know. */
const patience = 60;

export function addStatus(program: Command): void {
  const status = program
    .command('status')
    .description(
      'Each service: ready, version, migrations; events that wait for the broker, that consumers have not taken, that stand parked; what waits for partners. Exits with 1 when something stands still, with 3 when a service does not answer.',
    )
    .action(async (_: object, command: Command) => {
      const deployment = Deployment.of(command);
      // A token that cannot be had is everybody's trouble, and said once.
      if (deployment.isLocal) await deployment.operator('cases');
      const found = await Promise.all(deployment.known.map(({ service, url }) => statusOf(deployment, service, url)));
      answer(deployment, found, () => found.map(tell).join('\n'));
      if (found.some(({ findings }) => findings.length > 0)) finding();
      if (found.some(({ failure }) => failure !== undefined)) process.exitCode = exitCodes.unreachable;
    });
  examples(status, 'okienko status', 'okienko status --json | jq ".[].findings"', 'okienko status --config city.json');
}

async function statusOf(deployment: Deployment, service: Service, url: string): Promise<ServiceStatus> {
  const ready = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(5_000) }).then(
    ({ ok }) => ok,
    () => false,
  );
  try {
    const operator = await deployment.at(url);
    const state = await operator.call<OperationsState>('GET', '/operations/state');
    const backlogs =
      service === 'notifications' ? await operator.call<Backlog[]>('GET', '/operations/backlogs') : undefined;
    const one = { service, url, ready, state, ...(backlogs && { backlogs }) };
    return { ...one, findings: [...(ready ? [] : ['It is not ready.']), ...standstills(state, backlogs ?? [])] };
  } catch (error) {
    if (!(error instanceof Obstacle) || error.exit === 'usage') throw error;
    return { service, url, ready, failure: reasonOf(error), findings: [] };
  }
}

function standstills(
  { service, migrations, relay, consumers, deadLetters }: OperationsState,
  backlogs: readonly Backlog[],
): string[] {
  const old = relay.oldestSeconds !== null && relay.oldestSeconds > patience;
  return [
    ...(migrations.atHead ? [] : [`Its schema is behind: okienko migrate --service ${service}`]),
    ...(old
      ? [
          `${relay.waiting} events wait for the broker, the oldest for ${lasting(relay.oldestSeconds)}: okienko streams diff`,
        ]
      : []),
    ...(relay.parked > 0
      ? [`${relay.parked} events can never be published: the log of the service says why (relay.parked).`]
      : []),
    ...(deadLetters > 0 ? [`${deadLetters} events stand parked: okienko dead-letters list ${service}`] : []),
    ...consumers
      .filter(({ behind }) => behind === null)
      .map(({ consumer }) => `The broker does not say how far ${consumer} is: okienko streams diff`),
    ...backlogs
      .filter(({ brokenSince }) => brokenSince !== null)
      .map(
        ({ partnerId, subscriptionId, brokenSince, waiting }) =>
          `The sink of ${partnerId} has not answered since ${brokenSince}; ${waiting} events wait for it (subscription ${subscriptionId}).`,
      ),
  ];
}

function tell({ service, url, ready, state, backlogs = [], failure, findings }: ServiceStatus): string {
  if (!state) return `✗ ${service}  ${url}\n    ${failure}`;
  const { version, migrations, relay, consumers, deadLetters } = state;
  const waiting = backlogs.filter((one) => one.waiting > 0 || one.parked > 0);
  return [
    `${ready && findings.length === 0 ? '✓' : '!'} ${service}  ${version}  ${ready ? 'ready' : 'not ready'}  ${url}`,
    `    schema ${migrations.atHead ? 'at head' : 'behind'} (${migrations.applied} migrations, ${migrations.last ?? 'none'})`,
    `    ${relay.waiting} events wait for the broker${relay.oldestSeconds === null ? '' : `, the oldest for ${lasting(relay.oldestSeconds)}`}; ${deadLetters} stand parked`,
    ...consumers.map(
      ({ consumer, behind, underWay }) => `    ${consumer}: ${behind ?? '?'} not taken, ${underWay ?? '?'} under way`,
    ),
    ...(backlogs.length > 0 ? [`    ${backlogs.length} subscriptions of partners`] : []),
    ...waiting.map(
      (one) =>
        `      ${one.partnerId} ${one.subscriptionId}: ${one.waiting} wait${one.oldestSeconds === null ? '' : `, the oldest for ${lasting(one.oldestSeconds)}`}, ${one.parked} given up${one.pausedAt ? ', paused' : ''}`,
    ),
    ...findings.map((sentence) => `  → ${sentence}`),
  ].join('\n');
}

export const lasting = (seconds: number | null): string =>
  seconds === null
    ? '?'
    : seconds < 120
      ? `${seconds.toFixed(1)} s`
      : seconds < 7_200
        ? `${Math.round(seconds / 60)} min`
        : `${Math.round(seconds / 3_600)} h`;
