import { performance } from 'node:perf_hooks';
import type { ServiceAccess } from '@okienko/local/databases';
import { dataSource } from '@okienko/messaging/data-source';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { providersService } from '@okienko/providers/service';
import { linesAsCsv } from '@okienko/providers/settlements/settlement-exports';
import { SettlementCommands } from '@okienko/providers/settlements/settlements.commands';
import { SettlementQueries } from '@okienko/providers/settlements/settlements.queries';
import { month, type Seeded } from './world';

export interface Settled {
  readonly computeSeconds: number;
  readonly submitSeconds: number;
  readonly exportSeconds: number;
  /** Of this process while it computed, above what it had before. */
  readonly memoryMB: number;
  readonly lines: number;
  readonly isRight: boolean;
}

const finance = { sub: 'finance-ala', roles: ['finance'] } as const;
const clock = { now: () => new Date('2026-05-04T10:00:00Z') };

/** Opens and hands in February, then takes the time of March: computed and stored, handed in, taken out as a table. */
export async function settle(access: ServiceAccess, { agreementId, providerId, grosze }: Seeded): Promise<Settled> {
  const source = await dataSource({
    url: access.app,
    mappings: providersService.mappings,
    migrations: [],
    name: 'benchmark',
    poolSize: 3,
  }).initialize();
  try {
    const commands = new SettlementCommands(new UnitOfWork(source, clock), clock);
    const queries = new SettlementQueries(source);
    const handIn = async (id: string, version: number): Promise<number> => {
      const { grosze: due } = await queries.get(id, finance);
      const document = { kind: 'INVOICE', number: 'FV/1', issuedOn: '2026-04-02', grosze: due } as const;
      const account = { sub: 'account', roles: ['provider'], providerId } as const;
      return seconds(() => commands.submit(id, version, document, account));
    };
    const before = await commands.open(agreementId, '2026-02-01', finance);
    await handIn(before.id, before.version);
    global.gc?.();
    const memory = watchMemory();
    let opened = before;
    const computeSeconds = await seconds(async () => (opened = await commands.open(agreementId, month, finance)));
    const memoryMB = memory();
    const submitSeconds = await handIn(opened.id, opened.version);
    let exported = 0;
    const exportSeconds = await seconds(async () => {
      for await (const part of linesAsCsv(queries.everyLine(opened.id))) exported += part.split('\r\n').length - 1;
    });
    const settlement = await queries.get(opened.id, finance);
    const isRight = settlement.grosze === grosze && exported === settlement.lines + 1;
    return { computeSeconds, submitSeconds, exportSeconds, memoryMB, lines: settlement.lines, isRight };
  } finally {
    await source.destroy();
  }
}

async function seconds(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await act();
  return (performance.now() - began) / 1000;
}

function watchMemory(): () => number {
  const before = process.memoryUsage.rss();
  let most = before;
  const look = (): void => void (most = Math.max(most, process.memoryUsage.rss()));
  const timer = setInterval(look, 20);
  return () => {
    clearInterval(timer);
    look();
    return (most - before) / 2 ** 20;
  };
}
