import type { Principal } from '@okienko/chassis/access';
import type { Changed } from '@okienko/chassis/http';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { assertCentre } from '../access/centre-only';
import { assertKnownOffers } from '../offers/known-offers';
import { checklistOf } from './checklist.queries';
import { Finding } from './finding';
import { Inspection } from './inspection';
import { ScopeUnclear } from './inspection-errors';
import type { CarryOutInspection, PlanInspection, ReportInspection } from './inspections.dto';

@Injectable()
export class InspectionCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  plan(body: PlanInspection, caller: Principal): Promise<Changed> {
    assertCentre(caller);
    return this.work.run(async (work) => {
      const { agreementId = null, ...rest } = body;
      const plan = { ...rest, agreementId, offers: await offersOf(work, body) };
      const inspection = Inspection.plan(uuidv7(), plan, caller.sub, this.today);
      await work.save(inspection, inspection.planned());
      return { id: inspection.id, version: inspection.version };
    });
  }

  carryOut(
    id: string,
    expectedVersion: number,
    { on, inspectors, results }: CarryOutInspection,
    caller: Principal,
  ): Promise<Changed> {
    assertCentre(caller);
    return this.work.change(Inspection, id, expectedVersion, async (inspection, { query }) => {
      const checklist = await checklistOf(query, inspection, on);
      return inspection.carryOut(on, inspectors, results.map(withOffer), checklist, this.today);
    });
  }

  report(id: string, expectedVersion: number, body: ReportInspection, caller: Principal): Promise<Changed> {
    assertCentre(caller);
    return this.work.run(async ({ load, save }) => {
      const inspection = await load(Inspection, id, expectedVersion);
      const found = body.findings.map(withOffer);
      await save(inspection, inspection.reportOn(body.report, found, caller.sub, this.today));
      for (const one of found) {
        const finding = Finding.record(uuidv7(), inspection, one, this.today);
        await save(finding, finding.recorded());
      }
      return { id, version: inspection.version };
    });
  }

  cancel(id: string, expectedVersion: number, reasonCode: string, caller: Principal): Promise<Changed> {
    assertCentre(caller);
    return this.work.change(Inspection, id, expectedVersion, (inspection) => inspection.cancel(reasonCode));
  }

  private get today(): Day {
    return dayOf(this.clock.now());
  }
}

const withOffer = <P extends { readonly offerId?: string }>({ offerId, ...point }: P) => ({
  ...point,
  offerId: offerId ?? null,
});

/** The services that are looked at: those of the agreement, or those that are named. */
async function offersOf(work: Work, { providerId, agreementId, offers }: PlanInspection): Promise<string[]> {
  if ((agreementId === undefined) === (offers === undefined)) throw new ScopeUnclear();
  const [provider] = await work.query('select 1 from provider where id = $1', [providerId]);
  if (!provider) throw new NotFound('provider');
  if (offers) {
    const ids = offers.map(({ offerId }) => offerId);
    await assertKnownOffers(work, ids, (at) => `/offers/${at}/offerId`);
    return [...new Set(ids)];
  }
  const its = await work.query<{ offerId: string }>(
    `select s.offer_id as "offerId" from agreement a join agreement_service s on s.agreement_id = a.id
     where a.id = $1 and a.provider_id = $2 order by s.offer_id`,
    [agreementId, providerId],
  );
  if (its.length === 0) throw new NotFound('agreement');
  return its.map(({ offerId }) => offerId);
}
