import type { DeadLetterDetails, DeadLetterView } from '@okienko/messaging/dead-letter.queries';
import type { Settled } from '@okienko/messaging/dead-letters';
import type { Command } from 'commander';
import { Obstacle } from '../obstacle';
import { Deployment, serviceNamed } from './deployment';
import type { Operator } from './operator';
import { answer, examples } from './telling';

const pathOf = (id: string): string => `/dead-letters/${encodeURIComponent(id)}`;

export function addDeadLetters(program: Command): void {
  const deadLetters = program
    .command('dead-letters')
    .description(
      'What a service could not handle, and the two ways out: handle it again, or go past it. Contents are never shown.',
    );

  deadLetters
    .command('list <service>')
    .description('the oldest first')
    .option('--status <status>', 'PARKED, RETRIED, DISCARDED or ALL', 'PARKED')
    .option('--reason <reason>', 'REFUSED, INVALID, EXHAUSTED, GAP, BEHIND_PARKED …')
    .action(async (service: string, { status, reason }: { status: string; reason?: string }, command: Command) => {
      const deployment = Deployment.of(command);
      const letters = await all(await deployment.operator(serviceNamed(service)), status, reason);
      answer(deployment, letters, () =>
        [
          ...letters.map(
            ({ id, createdAt, status: now, reason: why, eventName, aggregateId, sequence }) =>
              `${id}  ${String(createdAt).slice(0, 19)}  ${now.padEnd(9)}  ${why.padEnd(13)}  ${eventName ?? '?'}  ${aggregateId ?? ''} #${sequence ?? ''}`,
          ),
          letters.length === 0 ? 'None.' : `\n${letters.length} in all. \`show\` tells what waits behind one.`,
        ].join('\n'),
      );
    });

  deadLetters
    .command('show <service> <id>')
    .description('what it is, why it stands, what waits behind it')
    .action(async (service: string, id: string, _: object, command: Command) => {
      const deployment = Deployment.of(command);
      const letter = await (
        await deployment.operator(serviceNamed(service))
      ).call<DeadLetterDetails>('GET', pathOf(id));
      answer(deployment, letter, () => told(letter));
    });

  deadLetters
    .command('retry <service> <id>')
    .description('handles it again, and those behind it')
    .action(async (service: string, id: string, _: object, command: Command) => settle(command, service, id, 'retry'));

  deadLetters
    .command('discard <service> <id>')
    .description('goes past it without its effect; who and why are kept')
    .option('--reason <why>', 'why its effect may be left out')
    .action(async (service: string, id: string, { reason }: { reason?: string }, command: Command) => {
      if (!reason)
        throw new Obstacle(
          'Say why its effect may be left out: --reason "the application was withdrawn at the desk".',
          'usage',
        );
      await settle(command, service, id, 'discard', { reason });
    });

  examples(
    deadLetters,
    'okienko dead-letters list cases',
    'okienko dead-letters discard cases 01998f3e-1111-7222-8333-123456789012 --reason "withdrawn at the desk"',
  );
}

async function all(operator: Operator, status: string, reason: string | undefined): Promise<DeadLetterView[]> {
  const filter = new URLSearchParams({
    limit: '200',
    ...(status === 'ALL' ? {} : { status }),
    ...(reason && { reason }),
  });
  const letters: DeadLetterView[] = [];
  for (let after: string | undefined; ;) {
    const page = await operator.call<{ items: DeadLetterView[]; next?: string }>(
      'GET',
      `/dead-letters?${filter}${after ? `&after=${after}` : ''}`,
    );
    letters.push(...page.items);
    after = page.next;
    if (after === undefined) return letters;
  }
}

const told = ({ waiting, ...letter }: DeadLetterDetails): string =>
  [
    ...Object.entries(letter).map(([name, value]) => `${name.padEnd(14)} ${value === null ? '–' : String(value)}`),
    ...waiting.map(({ sequence, eventName, id }) => `  behind it: #${sequence} ${eventName} ${id}`),
  ].join('\n');

async function settle(command: Command, service: string, id: string, act: string, body?: object): Promise<void> {
  const deployment = Deployment.of(command);
  const operator = await deployment.operator(serviceNamed(service));
  const settled = await operator.call<Settled>('POST', `${pathOf(id)}/${act}`, body);
  const { status, released, stillParked } = settled;
  answer(
    deployment,
    settled,
    () =>
      `${status === 'RETRIED' ? 'Handled' : 'Discarded'}; ${released} that waited behind it handled, ${stillParked} still parked.`,
  );
}
