import { Client } from 'pg';
import {
  aggregateType,
  insertApplication,
  newApplication,
  storedEvent,
  subject,
  submitted,
  type FiledApplication,
} from './job';
import { openSource, unitOfWork } from './our-path';
import { type Contestant, rateOf } from './rounds';
import { statements, type World } from './world';

const connections = 8;
const insertEvent =
  'insert into outbox (id, aggregate_type, aggregate_id, sequence, subject, event) values ($1, $2, $3, $4, $5, $6)';
const insertBoth = `with a as (insert into filed_application (id, applicant, state, version) values ($1, $2, $3, $4))
  insert into outbox (id, aggregate_type, aggregate_id, sequence, subject, event) values ($5, $6, $7, $8, $9, $10)`;

interface Command {
  readonly application: FiledApplication;
  /** Made beforehand: what is measured is the row. */
  readonly eventRow: unknown[];
}

type Write = (client: Client, command: Command) => Promise<unknown>;

const row = ({ id, applicant, state }: FiledApplication): unknown[] => [id, applicant, state, 1];
const eventRow = (application: FiledApplication): unknown[] => {
  const event = storedEvent(application);
  return [event.id, aggregateType, application.id, 1, subject, JSON.stringify(event)];
};
const named = (client: Client, name: string, text: string, values: unknown[]): Promise<unknown> =>
  client.query({ name, text, values });

const withoutOutbox: Write = async (client, { application }) => {
  await client.query('begin');
  await named(client, 'application', insertApplication, row(application));
  await client.query('commit');
};
const sequentially: Write = async (client, { application, eventRow }) => {
  await client.query('begin');
  await named(client, 'application', insertApplication, row(application));
  await named(client, 'event', insertEvent, eventRow);
  await client.query('commit');
};
const pipelined: Write = (client, { application, eventRow }) =>
  Promise.all([
    client.query('begin'),
    named(client, 'application', insertApplication, row(application)),
    named(client, 'event', insertEvent, eventRow),
    client.query('commit'),
  ]);
const inOneStatement: Write = (client, { application, eventRow }) =>
  named(client, 'both', insertBoth, [...row(application), ...eventRow]);

const onRawPg = (world: World, name: string, count: number, write: Write, pipeline = false): Contestant => ({
  name,
  async run() {
    await empty(world);
    const clients = Array.from(
      { length: connections },
      () => new Client({ connectionString: world.ours.app, ...(pipeline && { pipeline }) }),
    );
    await Promise.all(clients.map((client) => client.connect()));
    const commands = Array.from({ length: count }, () => {
      const application = newApplication();
      return { application, eventRow: eventRow(application) };
    });
    try {
      return await rateOf(count, () =>
        inTurns(count, (turn) => write(clients[turn] as Client, commands.pop() as Command)),
      );
    } finally {
      await Promise.all(clients.map((client) => client.end()));
    }
  },
});

const onUnitOfWork = (world: World, name: string, count: number): Contestant => ({
  name,
  async run() {
    await empty(world);
    const source = await openSource(world.ours, connections);
    const work = unitOfWork(source);
    try {
      return await rateOf(count, () =>
        inTurns(count, () => {
          const application = newApplication();
          return work.run(({ save }) => save(application, submitted(application)));
        }),
      );
    } finally {
      await source.destroy();
    }
  },
});

/** The same command, without its event and in every form of writing both. Eight at a time. */
export const writers = (world: World, count: number): Contestant[] => [
  onRawPg(world, 'without outbox', count, withoutOutbox),
  onRawPg(world, 'with outbox', count, sequentially),
  onRawPg(world, 'with outbox, pipelined', count, pipelined, true),
  onRawPg(world, 'with outbox, one statement', count, inOneStatement),
  onUnitOfWork(world, 'unit of work', count),
];

const empty = (world: World): Promise<void> => statements(world.ours.migrate, 'truncate outbox, filed_application');

async function inTurns(count: number, act: (turn: number) => Promise<unknown>): Promise<void> {
  let begun = 0;
  await Promise.all(
    Array.from({ length: connections }, async (_, turn) => {
      while (begun < count) {
        begun += 1;
        await act(turn);
      }
    }),
  );
}
