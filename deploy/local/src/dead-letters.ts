import { parseArgs } from 'node:util';
import { type Service, services } from '@okienko/contracts/event';
import type { DeadLetterDetails, DeadLetterView } from '@okienko/messaging/dead-letter.queries';
import type { Settled } from '@okienko/messaging/dead-letters';
import { Obstacle } from './obstacle';
import { Operator, operatorToken } from './operator';
import { portNumber } from './ports';
import { urlOf } from './services';
import { run } from './steps';

const acts = ['list', 'show', 'retry', 'discard'] as const;
type Act = (typeof acts)[number];

const usage = 'Say it as `npm run dead-letters -- list|show|retry|discard <service> [id]`; --help tells more.';

interface Asked {
  readonly act: Act;
  readonly service: Service;
  readonly id: string;
  readonly status: string;
  readonly reason: string | undefined;
  readonly url: string | undefined;
}

function asked(): Asked {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { status: { type: 'string' }, reason: { type: 'string' }, url: { type: 'string' } },
  });
  const [act, service, id = ''] = positionals;
  if (!acts.includes(act as Act) || !services.includes(service as Service)) throw new Obstacle(usage);
  if (act !== 'list' && id === '') throw new Obstacle(`Which one? Add its id. ${usage}`);
  if (act === 'discard' && !values.reason)
    throw new Obstacle('Say why its effect may be left out: --reason "the application was withdrawn at the desk".');
  const { status = 'PARKED', reason, url } = values;
  return { act: act as Act, service: service as Service, id, status, reason, url };
}

const operatorOf = async ({ service, url }: Asked): Promise<Operator> =>
  new Operator((url ?? urlOf(portNumber(service))).replace(/\/$/, ''), await operatorToken(url !== undefined));

async function list(operator: Operator, { status, reason }: Asked): Promise<void> {
  const filter = new URLSearchParams({
    limit: '200',
    ...(status === 'ALL' ? {} : { status }),
    ...(reason && { reason }),
  });
  let count = 0;
  for (let after: string | undefined; ;) {
    const page = await operator.call<{ items: DeadLetterView[]; next?: string }>(
      'GET',
      `/dead-letters?${filter}${after ? `&after=${after}` : ''}`,
    );
    for (const { id, createdAt, status: now, reason: why, eventName, aggregateId, sequence } of page.items)
      console.log(
        `${id}  ${String(createdAt).slice(0, 19)}  ${now.padEnd(9)}  ${why.padEnd(13)}  ${eventName ?? '?'}  ${aggregateId ?? ''} #${sequence ?? ''}`,
      );
    count += page.items.length;
    after = page.next;
    if (after === undefined) break;
  }
  console.log(count === 0 ? 'None.' : `\n${count} in all. \`show\` tells what waits behind one.`);
}

function tell({ waiting, ...letter }: DeadLetterDetails): void {
  for (const [name, value] of Object.entries(letter))
    console.log(`${name.padEnd(14)} ${value === null ? '–' : String(value)}`);
  for (const { sequence, eventName, id } of waiting) console.log(`  behind it: #${sequence} ${eventName} ${id}`);
}

const settled = ({ status, released, stillParked }: Settled): string =>
  `${status === 'RETRIED' ? 'Handled' : 'Discarded'}; ${released} that waited behind it handled, ${stillParked} still parked.`;

/** `npm run dead-letters`: what a service could not handle, and the two ways out. */
run(async () => {
  const request = asked();
  const { act, id, reason } = request;
  const operator = await operatorOf(request);
  const path = `/dead-letters/${encodeURIComponent(id)}`;
  if (act === 'list') await list(operator, request);
  else if (act === 'show') tell(await operator.call<DeadLetterDetails>('GET', path));
  else
    console.log(
      settled(await operator.call<Settled>('POST', `${path}/${act}`, act === 'discard' ? { reason } : undefined)),
    );
});
