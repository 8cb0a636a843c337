import { setImmediate as turn } from 'node:timers/promises';
import { DomainError, type Fault } from '@okienko/contracts/domain-error';
import type { DomainEvent } from '@okienko/contracts/event';
import type { Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { index } from '../search/offer-index';
import { ServiceOffer } from '../service-offers/service-offer';
import type { ServiceOfferContent } from '../service-offers/service-offer-content';
import { isSame, officeFields, serviceFields, take } from './catalogue-fields';
import { type Outcome, outcomes } from './catalogue-import';
import type { Catalogue, ImportReport, RecordReport } from './catalogues.dto';
import { Office, type OfficeContent } from '../offices/office';
import type { OfficeRecord } from './office-record.dto';
import type { ServiceRecord } from './service-record.dto';

/** What an import would do. Nothing is written before `write`. */
interface ImportPlan {
  readonly report: ImportReport;
  readonly faults: readonly Fault[];
  write(): Promise<void>;
}

/** An office, and of which gmina. */
interface Known {
  readonly id: string;
  readonly terc?: string | undefined;
}

interface Entry {
  readonly officeId: string;
  readonly offerId: string | null;
  /** While it waits for its office's TERC. */
  readonly content: object | null;
}

type Told = Omit<RecordReport, 'id'>;

/** After so many records others get their turn: analysing what offers are found by keeps the process busy. */
const atOnce = 20;

/** What an offer has to say, and a catalogue has no field for. It is ours, and marked so. */
const unsaid = (name: string): object => ({
  description: { pl: name },
  recipientKind: 'PERSON',
  unit: 'VISIT',
  source: { facts: [], inferred: ['description', 'recipientKind', 'unit', 'terc'] },
});

export async function planImport(work: Work, { offices, services }: Catalogue): Promise<ImportPlan> {
  const writes: (() => Promise<void> | void)[] = [];
  const known = await knownOffices(work, [...offices.map(({ id }) => id), ...services.map(({ officeId }) => officeId)]);
  const entries = await knownEntries(work, services);

  const planOffice = async (record: OfficeRecord): Promise<Told> => {
    const found = known.get(record.id);
    const base = found && (await work.load(Office, found.id));
    const content = take<OfficeContent>(record, officeFields, base?.described ?? {});
    const { terc } = content;
    if (base) {
      known.set(record.id, { id: base.id, terc });
      if (isSame(content, base.described)) return { outcome: 'unchanged' };
      const revised = base.revise(content);
      writes.push(() => work.save(base, revised));
      return { outcome: 'updated' };
    }
    const made = Office.register(uuidv7(), record.id, content);
    known.set(record.id, { id: made.id, terc });
    writes.push(() => work.save(made, made.registered()));
    return { outcome: 'created' };
  };

  const planService = async (record: ServiceRecord, at: string): Promise<Told> => {
    const office = known.get(record.officeId);
    if (!office)
      return refused(`${at}/officeId`, 'There is no such office, neither in this catalogue nor in the directory.');
    if (record.budgetStateSharePct !== undefined && !record.budget)
      return refused(`${at}/budgetStateSharePct`, 'A share is a share of a budget: tell the budget too.');
    const entry = entries.get(record.id);
    const offer = entry?.offerId ? await work.load(ServiceOffer, entry.offerId) : undefined;
    if (offer && !offer.isWithdrawn) return revise(offer, record, office, entry);
    const base = entry?.content ?? unsaid(record.namePl);
    return office.terc === undefined
      ? wait(take(record, serviceFields, base), record.id, office, entry)
      : list(take(record, serviceFields, { ...base, terc: office.terc }), record.id, office, entry);
  };

  const revise = (offer: ServiceOffer, record: ServiceRecord, office: Known, entry: Entry | undefined): Told => {
    const before = offer.indexed.content;
    const base = { ...before, terc: office.terc ?? before.terc };
    const content = take<ServiceOfferContent>(record, serviceFields, base);
    const isRevised = !isSame(content, before);
    const hasMoved = entry?.officeId !== office.id;
    if (isRevised) save(offer, offer.revise(content));
    if (hasMoved) keep(record.id, office, offer.id, null);
    return { outcome: isRevised || hasMoved ? 'updated' : 'unchanged', ...told(offer) };
  };

  const list = (content: ServiceOfferContent, key: string, office: Known, entry: Entry | undefined): Told => {
    const offer = ServiceOffer.listed(uuidv7(), content);
    save(offer, offer.drafted(), ...(offer.awaitsProgramme ? [] : [offer.publish(undefined)]));
    keep(key, office, offer.id, null);
    return { outcome: entry?.content ? 'updated' : 'created', ...told(offer) };
  };

  const wait = (content: object, key: string, office: Known, entry: Entry | undefined): Told => {
    const isKept = entry?.officeId === office.id && isSame(content, entry.content ?? {});
    if (!isKept) keep(key, office, null, content);
    const outcome = isKept ? 'unchanged' : entry?.content ? 'updated' : 'created';
    return { outcome, waitsFor: 'GMINA' };
  };

  const save = (offer: ServiceOffer, first: DomainEvent, ...more: DomainEvent[]): void => {
    writes.push(async () => {
      await work.save(offer, first, ...more);
      index(work, { ...offer.indexed, version: offer.version });
    });
  };

  const keep = (key: string, office: Known, offerId: string | null, content: object | null): void => {
    writes.push(() =>
      work.send(
        `insert into catalogue_entry (key, office_id, offer_id, content) values ($1, $2, $3, $4)
         on conflict (key) do update set office_id = excluded.office_id, offer_id = excluded.offer_id, content = excluded.content`,
        [key, office.id, offerId, content && JSON.stringify(content)],
      ),
    );
  };

  const reports = {
    offices: await inTurn('/offices', offices, planOffice),
    services: await inTurn('/services', services, planService),
  };
  const all = [...reports.offices, ...reports.services];
  const count = (outcome: Outcome): number => all.filter((one) => one.outcome === outcome).length;
  const counts = Object.fromEntries(outcomes.map((outcome) => [outcome, count(outcome)])) as Record<Outcome, number>;
  return {
    report: { ...counts, ...reports },
    faults: all.flatMap(({ reasons = [] }) => reasons),
    async write() {
      for (const [done, one] of writes.entries()) {
        await one();
        if (done % atOnce === 0) await turn();
      }
    },
  };
}

const refused = (pointer: string, detail: string): Told => ({ outcome: 'refused', reasons: [{ pointer, detail }] });

const told = (offer: ServiceOffer): Omit<Told, 'outcome'> => ({
  offerId: offer.id,
  ...(offer.awaitsProgramme ? { waitsFor: 'PROGRAMME' } : {}),
});

/** Each record with what comes of it. What a rule refuses is told in the place where it stands. */
async function inTurn<R extends { readonly id: string }>(
  list: string,
  records: readonly R[],
  act: (record: R, at: string) => Promise<Told>,
): Promise<RecordReport[]> {
  const seen = new Set<string>();
  const reports: RecordReport[] = [];
  for (const [number, record] of records.entries()) {
    const at = `${list}/${number}`;
    if (number % atOnce === 0) await turn();
    const told = seen.has(record.id)
      ? refused(`${at}/id`, 'This id stands twice in the catalogue.')
      : await act(record, at).catch((error: unknown) => {
          if (error instanceof DomainError) return refused(at, error.message);
          throw error;
        });
    seen.add(record.id);
    reports.push({ id: record.id, ...told });
  }
  return reports;
}

async function knownOffices({ query }: Work, keys: readonly string[]): Promise<Map<string, Known>> {
  const rows = await query<Known & { key: string }>(
    `select key, id, content->>'terc' as terc from office where key = any($1)`,
    [[...new Set(keys)]],
  );
  return new Map(rows.map(({ key, id, terc }) => [key, { id, terc: terc ?? undefined }]));
}

async function knownEntries({ query }: Work, services: readonly ServiceRecord[]): Promise<Map<string, Entry>> {
  const rows = await query<Entry & { key: string }>(
    `select key, office_id as "officeId", offer_id as "offerId", content from catalogue_entry where key = any($1)`,
    [services.map(({ id }) => id)],
  );
  return new Map(rows.map((row) => [row.key, row]));
}
