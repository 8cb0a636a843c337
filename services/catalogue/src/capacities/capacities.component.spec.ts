import { addDays, dayOf } from '@okienko/contracts/calendar';
import { applicationAppealedV1 } from '@okienko/contracts/cases/application-appealed.v1';
import { applicationDiscontinuedV1 } from '@okienko/contracts/cases/application-discontinued.v1';
import { applicationForwardedV1 } from '@okienko/contracts/cases/application-forwarded.v1';
import { applicationLeftUnexaminedV1 } from '@okienko/contracts/cases/application-left-unexamined.v1';
import { applicationQualifiedV1 } from '@okienko/contracts/cases/application-qualified.v1';
import { applicationRefusalPendingV1 } from '@okienko/contracts/cases/application-refusal-pending.v1';
import { applicationRefusedV1 } from '@okienko/contracts/cases/application-refused.v1';
import { applicationReopenedV1 } from '@okienko/contracts/cases/application-reopened.v1';
import { applicationSubmittedV1 } from '@okienko/contracts/cases/application-submitted.v1';
import { applicationWaitlistedV1 } from '@okienko/contracts/cases/application-waitlisted.v1';
import { applicationWithdrawnV1 } from '@okienko/contracts/cases/application-withdrawn.v1';
import { event } from '@okienko/contracts/event';
import { capacityChangedV1 } from '@okienko/contracts/providers/capacity-changed.v1';
import { capacityClosedV1 } from '@okienko/contracts/providers/capacity-closed.v1';
import { capacityOpenedV1 } from '@okienko/contracts/providers/capacity-opened.v1';
import { capacityRecountedV1 } from '@okienko/contracts/providers/capacity-recounted.v1';
import { capacityReleasedV1 } from '@okienko/contracts/providers/capacity-released.v1';
import { capacityReservedV1 } from '@okienko/contracts/providers/capacity-reserved.v1';
import type { Changed } from '@okienko/chassis/http';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { catalogueService } from '../service';
import { exampleOffer } from '../service-offers/service-offer-example';

interface Seen {
  version: number;
  capacity: { places: number; free: number; nextFreeOn?: string; asOf: string; position: number } | null;
  queue: { waiting: number; asOf: string; position: number } | null;
}

const today = dayOf(new Date());

describe('free places in the directory', () => {
  let service: ServiceUnderTest;
  beforeAll(async () => {
    service = await startForTest(catalogueService);
  }, 60_000);
  afterAll(() => service.stop());

  const as = { sub: 'organiser-ewa', roles: ['services-organiser'] } as const;
  const offered = async (): Promise<string> => {
    const { body } = await service.http<Changed>('POST', '/service-offers', { as, body: exampleOffer() });
    await service.http('POST', `/service-offers/${body.id}/publication`, { as, ifMatch: 1 });
    return body.id;
  };
  const opened = (capacityId: string, offerId: string, places: number, to = '2099-12-31', from = '2021-01-01') =>
    event(capacityOpenedV1, capacityId, {
      providerId: uuidv7(),
      offerId,
      places,
      free: places,
      from,
      to,
    });
  const counted = (
    contract: typeof capacityReservedV1 | typeof capacityReleasedV1,
    capacityId: string,
    offerId: string,
    free: number,
    order: { orderId: string; until?: string } = { orderId: uuidv7() },
  ) => event(contract, capacityId, { providerId: uuidv7(), offerId, places: 3, free, ...order });
  const capacityOf = async (offerId: string): Promise<Seen['capacity']> =>
    (await service.http<Seen>('GET', `/service-offers/${offerId}`)).body.capacity;
  const seen = async (offerId: string): Promise<Seen> =>
    (await service.http<Seen>('GET', `/service-offers/${offerId}`)).body;
  const becomes = (offerId: string, capacity: object) =>
    service.eventually(async () => expect(await capacityOf(offerId)).toMatchObject(capacity));

  it('are the sum over all providers of the offer, as of the latest event', async () => {
    const offerId = await offered();
    expect(await capacityOf(offerId)).toBeNull();
    const [one, two] = [uuidv7(), uuidv7()];
    await service.publish(opened(one, offerId, 3), { sequence: 1 });
    await service.publish(opened(two, offerId, 5), { sequence: 1 });
    await becomes(offerId, { places: 8, free: 8 });
    await service.publish(counted(capacityReservedV1, one, offerId, 2), { sequence: 2 });
    await service.publish(counted(capacityReservedV1, one, offerId, 1), { sequence: 3 });
    await becomes(offerId, { places: 8, free: 6 });
    await service.publish(counted(capacityReleasedV1, one, offerId, 2), { sequence: 4 });
    await becomes(offerId, { places: 8, free: 7 });
    const { body } = await service.http<{ items: (Seen & { id: string })[] }>('GET', '/service-offers?limit=200');
    const listed = body.items.find(({ id }) => id === offerId);
    expect(listed?.capacity).toEqual(await capacityOf(offerId));
    expect(Date.now() - Date.parse(listed?.capacity?.asOf ?? '')).toBeLessThan(60_000);
  });

  it('come out right when the events arrive late or twice', async () => {
    const offerId = await offered();
    const capacityId = uuidv7();
    const reserved = counted(capacityReservedV1, capacityId, offerId, 2);
    const id = await service.publish(reserved, { sequence: 2 });
    await service.publish(counted(capacityReservedV1, capacityId, offerId, 1), { sequence: 3 });
    await service.publish(opened(capacityId, offerId, 3), { sequence: 1 });
    await service.publish(reserved, { sequence: 2, id });
    await becomes(offerId, { places: 3, free: 1 });
    const [row] = await service.sql<{ sequence: number }>('select sequence from capacity_copy where capacity_id = $1', [
      capacityId,
    ]);
    expect(row?.sequence).toBe(3);
  });

  it('are not counted once the provider offers them no longer', async () => {
    const offerId = await offered();
    await service.publish(opened(uuidv7(), offerId, 3, '2021-12-31'), { sequence: 1 });
    await service.publish(opened(uuidv7(), offerId, 2), { sequence: 1 });
    await becomes(offerId, { places: 2, free: 2 });
  });

  it('are not counted before the provider offers them, but told as coming', async () => {
    const offerId = await offered();
    const soon = addDays(today, 7);
    await service.publish(opened(uuidv7(), offerId, 3, '2099-12-31', soon), { sequence: 1 });
    await becomes(offerId, { places: 0, free: 0, nextFreeOn: soon, position: 1 });
    const { body } = await service.http<{ items: { id: string }[] }>(
      'GET',
      '/service-offer-search?q=transport&free=true&limit=50',
    );
    expect(body.items.map(({ id }) => id)).not.toContain(offerId);
  });

  it('are free again the day after the earliest planned end, as far as one is known', async () => {
    const offerId = await offered();
    const [capacityId, unknown, known] = [uuidv7(), { orderId: uuidv7() }, { orderId: uuidv7() }];
    await service.publish(opened(capacityId, offerId, 3, addDays(today, 100)), { sequence: 1 });
    await becomes(offerId, { free: 3, nextFreeOn: today });
    await service.publish(counted(capacityReservedV1, capacityId, offerId, 0, unknown), { sequence: 2 });
    await becomes(offerId, { free: 0, position: 2 });
    expect((await capacityOf(offerId))?.nextFreeOn).toBeUndefined();
    const until = addDays(today, 30);
    await service.publish(counted(capacityReservedV1, capacityId, offerId, 0, { ...known, until }), { sequence: 3 });
    await becomes(offerId, { free: 0, nextFreeOn: addDays(today, 31), position: 3 });
    await service.publish(counted(capacityReleasedV1, capacityId, offerId, 0, known), { sequence: 4 });
    await becomes(offerId, { free: 0, position: 4 });
    expect((await capacityOf(offerId))?.nextFreeOn).toBeUndefined();
  });

  it('follow a capacity that changes, is counted anew and closes', async () => {
    const offerId = await offered();
    const [capacityId, providerId, orderId] = [uuidv7(), uuidv7(), uuidv7()];
    const soon = addDays(today, 7);
    const facts = { providerId, offerId };
    const changed = { ...facts, places: 5, free: 5, from: today, to: addDays(today, 30) };
    await service.publish(opened(capacityId, offerId, 3, addDays(today, 90), soon), { sequence: 1 });
    await becomes(offerId, { places: 0, nextFreeOn: soon });
    await service.publish(event(capacityChangedV1, capacityId, changed), { sequence: 2 });
    await becomes(offerId, { places: 5, free: 5, nextFreeOn: today });
    const held = event(capacityRecountedV1, capacityId, { ...facts, places: 5, free: 4 });
    const id = await service.publish(held, { sequence: 3 });
    await becomes(offerId, { places: 5, free: 4, position: 3 });
    const taken = { orderId, until: addDays(today, 20) };
    await service.publish(counted(capacityReservedV1, capacityId, offerId, 0, taken), { sequence: 4 });
    await becomes(offerId, { free: 0, nextFreeOn: addDays(today, 21) });
    const closed = { ...facts, places: 0, free: 0, closedOn: today, reasonCode: 'NO_STAFF' };
    await service.publish(event(capacityClosedV1, capacityId, closed), { sequence: 5 });
    await service.eventually(async () => expect(await capacityOf(offerId)).toBeNull());
    await service.publish(held, { sequence: 3, id });
    const released = { ...facts, places: 0, free: 0, orderId };
    await service.publish(event(capacityReleasedV1, capacityId, released), { sequence: 6 });
    await service.eventually(async () =>
      expect(
        await service.sql('select 1 from capacity_copy where capacity_id = $1 and sequence = 6', [capacityId]),
      ).toHaveLength(1),
    );
    expect(await capacityOf(offerId)).toBeNull();
  });

  it('are promised for no day on which a simple reckoning would not promise them', async () => {
    const offerId = await offered();
    const day = fc.integer({ min: -5, max: 5 });
    const windows = fc.array(
      fc.record({ from: day, days: fc.nat(9), free: fc.nat(1), ends: fc.array(fc.option(day), { maxLength: 3 }) }),
      { minLength: 1, maxLength: 4 },
    );
    await fc.assert(
      fc.asyncProperty(windows, async (given) => {
        await service.sql('delete from capacity_place');
        await service.sql('delete from capacity_copy where offer_id = $1', [offerId]);
        const expected: number[] = [];
        let still = false;
        for (const { from, days, free, ends } of given) {
          const [capacityId, to] = [uuidv7(), from + days];
          await service.sql(
            `insert into capacity_copy (capacity_id, offer_id, provider_id, places, free, available_from, available_to, sequence, as_of)
             values ($1, $2, $1, 3, $3, $4, $5, 1, now())`,
            [capacityId, offerId, free, addDays(today, from), addDays(today, to)],
          );
          for (const end of ends)
            await service.sql('insert into capacity_place values ($1, $2, $3)', [
              uuidv7(),
              capacityId,
              end === null ? null : addDays(today, end),
            ]);
          if (to < 0) continue;
          still = true;
          if (free > 0) expected.push(Math.max(0, from));
          else for (const end of ends) if (end !== null && end >= 0 && end < to) expected.push(end + 1);
        }
        const capacity = await capacityOf(offerId);
        expect(capacity !== null).toBe(still);
        expect(capacity?.nextFreeOn).toBe(expected.length > 0 ? addDays(today, Math.min(...expected)) : undefined);
      }),
      { numRuns: 40 },
    );
  });

  it('make another tag of the offer whose version stays as it is', async () => {
    const offerId = await offered();
    const ask = (known: string) =>
      service.http<Seen>('GET', `/service-offers/${offerId}`, { headers: { 'If-None-Match': known } });
    const { status, headers } = await ask('"2"');
    const tag = headers.get('etag') ?? '';
    expect([status, (await ask(tag)).status]).toEqual([200, 304]);
    await service.publish(opened(uuidv7(), offerId, 4), { sequence: 1 });
    await service.eventually(async () => expect((await ask(tag)).body.capacity).toMatchObject({ free: 4 }));
  });

  describe('and the queue', () => {
    const [programmeId, gmina] = [uuidv7(), '2861011'];
    const submitted = (applicationId: string, items: { itemId: string; offerId: string }[]) =>
      event(
        applicationSubmittedV1,
        applicationId,
        { personId: uuidv7(), applicantRole: 'PERSON', channel: 'DESK', filedAt: '2026-03-02T08:00:00Z', items },
        gmina,
      );
    const item = (offerId: string) => ({ itemId: uuidv7(), offerId, personId: uuidv7() });
    const waits = (offerId: string, waiting: number) =>
      service.eventually(async () => expect((await seen(offerId)).queue).toMatchObject({ waiting }));

    it('has whoever was put on the waiting list and is neither qualified, refused nor gone', async () => {
      const offerId = await offered();
      const applicationId = uuidv7();
      const [taken, refused, gone, stays] = [item(offerId), item(offerId), item(offerId), item(offerId)];
      const all = [taken, refused, gone, stays];
      const items = all.map(({ itemId }) => ({ itemId, offerId }));
      let sequence = 1;
      await service.publish(submitted(applicationId, items), { sequence });
      expect((await seen(offerId)).queue).toBeNull();
      for (const one of all)
        await service.publish(event(applicationWaitlistedV1, applicationId, { ...one, programmeId }), {
          sequence: (sequence += 1),
        });
      await waits(offerId, 4);
      const qualified = { ...taken, programmeId, programmeVersion: 1, qualifiedOn: today };
      await service.publish(event(applicationQualifiedV1, applicationId, qualified), { sequence: (sequence += 1) });
      await waits(offerId, 3);
      const { itemId, personId } = refused;
      const pending = event(applicationRefusalPendingV1, applicationId, { itemId, personId, decisionId: uuidv7() });
      await service.publish(pending, { sequence: (sequence += 1) });
      await waits(offerId, 2);
      await service.publish(event(applicationWithdrawnV1, applicationId, gone), { sequence: (sequence += 1) });
      await waits(offerId, 1);
      const { queue } = await seen(offerId);
      expect(queue?.position).toBe(5 + 6 + 7 + 8);
      const known = await service.sql<{ state: string }>(
        'select state from application_item_copy where application_id = $1 and person_id is not null',
        [applicationId],
      );
      expect(known).toEqual([{ state: 'QUALIFIED' }]);
    });

    it('knows of what was forwarded or left unexamined that it is settled', async () => {
      const offerId = await offered();
      const applicationId = uuidv7();
      const [forwarded, left] = [item(offerId), item(offerId)];
      const items = [forwarded, left].map(({ itemId }) => ({ itemId, offerId }));
      await service.publish(submitted(applicationId, items), { sequence: 1 });
      const target = { targetKind: 'GMINA_UNIT', agreedOn: '2026-03-03' } as const;
      await service.publish(event(applicationForwardedV1, applicationId, { ...forwarded, ...target }), { sequence: 2 });
      await service.publish(event(applicationLeftUnexaminedV1, applicationId, left), { sequence: 3 });
      await service.eventually(async () =>
        expect(
          await service.sql(
            `select state, settled_on is not null as settled from application_item_copy where application_id = $1 order by state`,
            [applicationId],
          ),
        ).toEqual([
          { state: 'FORWARDED', settled: true },
          { state: 'LEFT_UNEXAMINED', settled: true },
        ]),
      );
    });

    it('has nobody who died or moved away, and again whoever waits after a refusal was quashed', async () => {
      const offerId = await offered();
      const applicationId = uuidv7();
      const [gone, quashed] = [item(offerId), item(offerId)];
      const rows = () =>
        service.sql(
          `select state, waitlisted_on is not null as waits, settled_on is not null as settled
           from application_item_copy where application_id = $1 order by state`,
          [applicationId],
        );
      let sequence = 0;
      const tell = (fact: Parameters<typeof service.publish>[0]) =>
        service.publish(fact, { sequence: (sequence += 1) });
      for (const one of [gone, quashed])
        await tell(event(applicationWaitlistedV1, applicationId, { ...one, programmeId }));
      await waits(offerId, 2);
      await tell(event(applicationDiscontinuedV1, applicationId, { ...gone, reason: 'DEATH' }));
      await waits(offerId, 1);
      const { itemId, personId } = quashed;
      const decisionId = uuidv7();
      await tell(event(applicationRefusalPendingV1, applicationId, { itemId, personId, decisionId }));
      await tell(event(applicationRefusedV1, applicationId, { ...quashed, decisionId }));
      await tell(event(applicationAppealedV1, applicationId, { ...quashed, decisionId }));
      const discontinued = { state: 'DISCONTINUED', waits: true, settled: true };
      await service.eventually(async () =>
        expect(await rows()).toEqual([{ state: 'APPEALED', waits: true, settled: true }, discontinued]),
      );
      await tell(event(applicationReopenedV1, applicationId, quashed));
      await service.eventually(async () =>
        expect(await rows()).toEqual([discontinued, { state: 'SUBMITTED', waits: false, settled: false }]),
      );
      await tell(event(applicationWaitlistedV1, applicationId, { ...quashed, programmeId }));
      await waits(offerId, 1);
      await service.eventually(async () =>
        expect(await rows()).toEqual([discontinued, { state: 'WAITLISTED', waits: true, settled: false }]),
      );
    });

    it('comes out right when the events arrive late or twice', async () => {
      const offerId = await offered();
      const applicationId = uuidv7();
      const one = item(offerId);
      const waitlisted = event(applicationWaitlistedV1, applicationId, { ...one, programmeId });
      const id = await service.publish(waitlisted, { sequence: 2 });
      const qualified = { ...one, programmeId, programmeVersion: 1, qualifiedOn: today };
      await service.publish(event(applicationQualifiedV1, applicationId, qualified), { sequence: 3 });
      const { itemId } = one;
      await service.publish(submitted(applicationId, [{ itemId, offerId }]), { sequence: 1 });
      await service.publish(waitlisted, { sequence: 2, id });
      await waits(offerId, 0);
      const rows = await service.sql(
        'select state, gmina, sequence from application_item_copy where application_id = $1',
        [applicationId],
      );
      expect(rows).toEqual([{ state: 'QUALIFIED', gmina, sequence: 3 }]);
    });
  });
});
