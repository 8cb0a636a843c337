import type { Principal } from '@okienko/chassis/access';
import type { Changed } from '@okienko/chassis/http';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import { NotFound } from '@okienko/contracts/domain-error';
import type { DomainEvent } from '@okienko/contracts/event';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { assertCentre } from '../access/centre-only';
import { Provider } from '../providers/provider';
import { Agreement } from './agreement';
import { AgreementIncomplete, AgreementOverlaps, CeilingTooLow, OfferUnknown } from './agreement-errors';
import { planned } from './agreement-events';
import { partsOf, storeParts } from './agreement-parts';
import type { Amendment } from './amendment';
import { strainOf, valueOrders, watchAgain } from './draws';
import { newService, type NewService } from './prices';
import { assertModeFor, type Selection } from './selection';
import { settleAgreement } from './settling';
import type { Planning, Signing } from './signing';
import { assertGrantsOfYear } from './small-grants';

export interface NewAgreement extends Planning {
  readonly services: readonly NewService[];
}

@Injectable()
export class AgreementCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  plan({ services, ...planning }: NewAgreement, caller: Principal): Promise<Changed> {
    return this.decide(caller, async (work) => {
      const provider = await work.load(Provider, planning.providerId);
      assertModeFor(planning.selectionMode, provider.kind);
      const gmina = await gminaOf(work, services);
      const agreement = Agreement.plan(uuidv7(), planning, gmina);
      const parts = { services: services.map((service) => newService(service)), prices: [] };
      await work.save(agreement, planned(agreement, parts.services));
      storeParts(work, agreement.id, parts);
      return agreement;
    });
  }

  procure(id: string, version: number, selection: Selection, caller: Principal): Promise<Changed> {
    return this.change(id, version, caller, (agreement) => agreement.procure(selection, this.today));
  }

  sign(id: string, version: number, signing: Signing, caller: Principal): Promise<Changed> {
    return this.decide(caller, async (work) => {
      const agreement = await loadBehindProvider(work, id, version);
      const { parts, told } = agreement.sign(signing, await partsOf(work, id), this.today);
      await work.save(agreement, ...told);
      storeParts(work, id, parts);
      await assertAlone(work, agreement);
      await assertBears(work, agreement);
      await assertGrantsOfYear(work, agreement);
      return agreement;
    });
  }

  amend(id: string, version: number, amendment: Amendment, caller: Principal): Promise<Changed> {
    return this.decide(caller, async (work) => {
      const agreement = await loadBehindProvider(work, id, version);
      if (amendment.services) await gminaOf(work, amendment.services);
      const { parts, told } = agreement.amend(
        amendment,
        await partsOf(work, id),
        await settledUntil(work, id),
        this.today,
      );
      await work.save(agreement, ...told);
      storeParts(work, id, parts);
      valueOrders(work, id);
      await assertAlone(work, agreement);
      await assertBears(work, agreement);
      await assertGrantsOfYear(work, agreement);
      watchAgain(work, id);
      return agreement;
    });
  }

  suspend(id: string, version: number, reasonCode: string, caller: Principal): Promise<Changed> {
    return this.change(id, version, caller, (agreement) => agreement.suspend(this.today, reasonCode));
  }

  resume(id: string, version: number, caller: Principal): Promise<Changed> {
    return this.change(id, version, caller, (agreement) => agreement.resume(this.today));
  }

  end(id: string, version: number, reasonCode: string, caller: Principal): Promise<Changed> {
    return this.change(id, version, caller, (agreement) => agreement.end(this.today, reasonCode));
  }

  cancel(id: string, version: number, reasonCode: string, caller: Principal): Promise<Changed> {
    return this.change(id, version, caller, (agreement) => agreement.cancel(reasonCode));
  }

  receiveReport(id: string, version: number, dueOn: Day, receivedOn: Day, caller: Principal): Promise<Changed> {
    return this.change(id, version, caller, (agreement) => agreement.receiveReport(dueOn, receivedOn, this.today));
  }

  settle(id: string, version: number, caller: Principal): Promise<Changed> {
    return this.decide(caller, (work) => settleAgreement(work, id, this.today, version));
  }

  private change(
    id: string,
    version: number,
    caller: Principal,
    act: (agreement: Agreement) => DomainEvent,
  ): Promise<Changed> {
    return this.decide(caller, async (work) => {
      const agreement = await work.load(Agreement, id, version);
      await work.save(agreement, act(agreement));
      watchAgain(work, id);
      return agreement;
    });
  }

  private decide(caller: Principal, act: (work: Work) => Promise<Agreement>): Promise<Changed> {
    assertCentre(caller);
    return this.work.run(async (work) => {
      const { id, version } = await act(work);
      return { id, version };
    });
  }

  private get today(): Day {
    return dayOf(this.clock.now());
  }
}

/** Under the provider's lock its agreements come into force one after another, so that what does not overlap now never will. */
async function loadBehindProvider(work: Work, id: string, version: number): Promise<Agreement> {
  const [found] = await work.query<{ providerId: string }>(
    'select provider_id as "providerId" from agreement where id = $1',
    [id],
  );
  if (!found) throw new NotFound('agreement');
  await work.load(Provider, found.providerId);
  return work.load(Agreement, id, version);
}

/** The gmina of the services, all of which the catalogue has. */
async function gminaOf({ query }: Work, services: readonly { readonly offerId: string }[]): Promise<string | null> {
  const ids = services.map(({ offerId }) => offerId);
  const known = await query<{ id: string; terc: string }>(
    'select id, terc from service_offer where id = any ($1::uuid[]) order by id',
    [ids],
  );
  const faults = ids.flatMap((id, at) => {
    if (ids.indexOf(id) < at) return [{ pointer: `/services/${at}/offerId`, detail: 'This service is named twice.' }];
    const detail = 'The catalogue has no such offer.';
    return known.some((offer) => offer.id === id) ? [] : [{ pointer: `/services/${at}/offerId`, detail }];
  });
  if (faults.length > 0) throw new OfferUnknown(faults);
  return known[0]?.terc ?? null;
}

async function assertAlone({ query }: Work, { id, providerId, from, to }: Agreement): Promise<void> {
  const [other] = await query(
    `select 1 from agreement a join agreement_service s on s.agreement_id = a.id
     join agreement_service mine on mine.agreement_id = $1 and mine.offer_id = s.offer_id
     where a.provider_id = $2 and a.id <> $1 and a.state in ('SIGNED', 'ACTIVE', 'SUSPENDED', 'ENDED', 'SETTLED')
       and a.first_day <= a.last_day and a.first_day <= $4 and a.last_day >= $3 limit 1`,
    [id, providerId, from, to],
  );
  if (other) throw new AgreementOverlaps();
}

/** Orders under way stay within what was amended. */
async function assertBears(work: Work, { id, to }: Agreement): Promise<void> {
  const { lastDay, overdrawn } = await strainOf(work, id);
  if (lastDay !== null && lastDay > to)
    throw new AgreementIncomplete([{ pointer: '/to', detail: `Orders under way last until ${lastDay}.` }]);
  if (overdrawn) throw new CeilingTooLow();
}

async function settledUntil({ query }: Work, id: string): Promise<Day | null> {
  const [row] = await query<{ until: Day | null }>('select settled_until as until from agreement where id = $1', [id]);
  return row?.until ?? null;
}
