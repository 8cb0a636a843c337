import { BrokerSilent, settleStreams } from '@okienko/messaging/settle-streams';
import type { Command } from 'commander';
import { Obstacle } from '../obstacle';
import { Deployment } from './deployment';
import { answer, examples, finding } from './telling';

export function addStreams(program: Command): void {
  const streams = program
    .command('streams')
    .description(
      'What the broker at NATS_URL lacks of streams and consumers. STREAM_REPLICAS is 1 unless set, 3 for a cluster; EVENT_NAMESPACE is okienko unless set.',
    );
  streams
    .command('diff', { isDefault: true })
    .description('shows it and changes nothing; exits with 1 when there is any difference')
    // As `npm run streams -- --apply` has always been said.
    .option('--apply', 'the same as `apply`')
    .action(async ({ apply }: { apply?: boolean }, command: Command) => settle(Deployment.of(command), apply === true));
  streams
    .command('apply')
    .description('creates and changes them; nothing that is stored is removed')
    .action(async (_: object, command: Command) => settle(Deployment.of(command), true));
  examples(
    streams,
    'okienko streams diff',
    'NATS_URL=nats://centre:…@nats.example.pl:4222 STREAM_REPLICAS=3 okienko streams apply',
  );
}

async function settle(deployment: Deployment, isApplied: boolean): Promise<void> {
  const { broker: url, namespace, streamReplicas } = deployment;
  if (!url) throw new Obstacle('Set NATS_URL to the broker, for example nats://127.0.0.1:14222.', 'usage');
  const changes = await settleStreams({ url, namespace, replicas: streamReplicas }, isApplied).catch(
    (error: unknown) => {
      throw error instanceof BrokerSilent ? new Obstacle(error.message, 'unreachable') : error;
    },
  );
  answer(deployment, { changes, applied: isApplied }, () =>
    [
      ...changes.map(({ what, differences }) => `${what}: ${differences}`),
      changes.length === 0
        ? 'The broker has every stream and consumer as it should.'
        : isApplied
          ? `\n${changes.length} changes done.`
          : `\n${changes.length} changes. Nothing was done; \`okienko streams apply\` does it.`,
    ].join('\n'),
  );
  if (changes.length > 0 && !isApplied) finding();
}
