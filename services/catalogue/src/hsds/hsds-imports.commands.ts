import { Injectable } from '@nestjs/common';
import { RequestProblem } from '@okienko/chassis/problem';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import { DomainError } from '@okienko/contracts/domain-error';
import type { DomainEvent } from '@okienko/contracts/event';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { index } from '../search/offer-index';
import { ServiceOffer } from '../service-offers/service-offer';
import { type FeedRecord, readService } from './feed-record';
import { type HsdsImportReport, type ImportedRecord, importOutcomes, type ImportHsdsPage } from './hsds-imports.dto';
import { offerFaults } from './offer-faults.dto';
import type { RecordFault } from '../record-fault';

interface Placed extends FeedRecord {
  readonly pointer: string;
}

interface Taken {
  readonly record: ImportedRecord;
  readonly offer?: ServiceOffer;
  readonly events: readonly DomainEvent[];
}

@Injectable()
export class HsdsImportCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Takes over a page of another body's feed: every record of it, or none. */
  take({ contents, terc, areas }: ImportHsdsPage, isDryRun: boolean): Promise<HsdsImportReport> {
    const today = dayOf(this.clock.now());
    const defaults = { ...(terc === undefined ? {} : { terc }), ...(areas === undefined ? {} : { areas }) };
    const records = placed(contents.map((record) => readService(record, today, defaults)));
    return this.work.run(async (work) => {
      const taken = await takeOver(work, records, today);
      const report = reportOf(taken, isDryRun);
      if (isDryRun) return report;
      if (report.refused > 0) throw new FeedRefused(report);
      for (const {
        offer,
        events: [first, ...more],
      } of taken) {
        if (!offer || !first) continue;
        await work.save(offer, first, ...more);
        index(work, { ...offer.indexed, version: offer.version });
      }
      return report;
    });
  }
}

/** Says what is wrong with each record, and that none was taken over. */
class FeedRefused extends RequestProblem {
  constructor({ records }: HsdsImportReport) {
    const faults = records.flatMap((record) => record.faults ?? []);
    super(
      400,
      'feed-refused',
      'Nothing was imported. Correct or leave out the records named below and send the feed again.',
      faults.slice(0, 100),
    );
  }
}

/** With faults at their place in the body, those of offers in general among them, and an id that comes twice. */
function placed(records: readonly FeedRecord[]): Placed[] {
  const ids = new Set<string>();
  return records.map((record, position) => {
    const pointer = `/contents/${position}`;
    const faults = record.faults.length > 0 ? [...record.faults] : offerFaults(record.content);
    if (record.id !== undefined && ids.has(record.id))
      faults.push({ pointer: '/id', detail: 'id is that of a record before' });
    ids.add(record.id ?? '');
    return { ...record, pointer, faults: faults.map((fault) => ({ ...fault, pointer: pointer + fault.pointer })) };
  });
}

/** What each record does to its offer. Rows are locked in the order of ids, so that two imports wait for, and never block, each other. */
async function takeOver(work: Work, records: readonly Placed[], today: Day): Promise<Taken[]> {
  const rows = await work.query<{ id: string }>('select id from service_offer where id = any($1::uuid[])', [
    records.flatMap(({ id, faults }) => (faults.length === 0 ? (id ?? []) : [])),
  ]);
  const known = new Set(rows.map(({ id }) => id));
  const taken = new Map<Placed, Taken>();
  for (const record of [...records].sort(byId)) taken.set(record, await takeOne(work, record, known, today));
  return records.map((record) => taken.get(record) as Taken);
}

const byId = ({ id: a = '' }: Placed, { id: b = '' }: Placed): number => (a < b ? -1 : a > b ? 1 : 0);

async function takeOne(work: Work, placed: Placed, known: ReadonlySet<string>, today: Day): Promise<Taken> {
  const { id = '', content, isOpen, faults } = placed;
  if (faults.length > 0) return refused(placed, faults);
  try {
    if (known.has(id)) {
      const offer = await work.load(ServiceOffer, id);
      const events = offer.takeOver(content, isOpen, today);
      return { record: told(placed, events.length > 0 ? 'updated' : 'unchanged'), offer, events };
    }
    const offer = ServiceOffer.draft(id, content, undefined);
    const events = [offer.drafted(), ...(isOpen ? [offer.publish(undefined)] : [])];
    return { record: told(placed, 'created'), offer, events };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return refused(placed, [{ pointer: placed.pointer, detail: error.message }]);
  }
}

const told = ({ pointer, id, leftOut }: Placed, outcome: ImportedRecord['outcome']): ImportedRecord => ({
  pointer,
  ...(id === undefined ? {} : { id }),
  outcome,
  ...(leftOut.length === 0 ? {} : { leftOut: [...leftOut] }),
});

const refused = (placed: Placed, faults: readonly RecordFault[]): Taken => ({
  record: { ...told(placed, 'refused'), faults: [...faults] },
  events: [],
});

function reportOf(taken: readonly Taken[], dryRun: boolean): HsdsImportReport {
  const records = taken.map(({ record }) => record);
  const counts = importOutcomes.map((outcome) => [outcome, records.filter((one) => one.outcome === outcome).length]);
  return { dryRun, ...(Object.fromEntries(counts) as Record<(typeof importOutcomes)[number], number>), records };
}
