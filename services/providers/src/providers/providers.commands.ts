import type { Principal } from '@okienko/chassis/access';
import type { Changed } from '@okienko/chassis/http';
import { addDays, type Day, dayOf } from '@okienko/contracts/calendar';
import { DomainError, type Fault, NotFound, StaleVersion } from '@okienko/contracts/domain-error';
import type { DomainEvent } from '@okienko/contracts/event';
import { Clock } from '@okienko/messaging/clock';
import { isUniqueViolation } from '@okienko/messaging/transaction';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { assertCentre } from '../access/centre-only';
import { keepAct } from '../access/keep-act';
import { openCapacity } from '../capacities/capacities.commands';
import { Place, type PlaceDetails } from '../places/place';
import { actsFor } from '../provider-account';
import { verificationTermsOn } from '../terms/verification-terms';
import { Provider } from './provider';
import { identifiers, type ProviderDetails } from './provider-details';
import { AlreadyRegistered, EntryFaulty } from './provider-errors';
import type { OpenOwnCapacity, Registered, VerifyProvider } from './providers.dto';
import { assertIdentifiersFree } from './taken-identifiers';

/** All that a small body brings with it when it is registered. */
export interface Onboarding extends ProviderDetails {
  readonly places?: readonly PlaceDetails[];
  readonly capacities?: readonly OpenOwnCapacity[];
}

@Injectable()
export class ProviderCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** The whole of it or nothing, and all that is wrong at once. */
  async register({ places = [], capacities = [], ...details }: Onboarding, caller: Principal): Promise<Registered> {
    assertCentre(caller);
    return this.unlessTaken(async (work) => {
      const provider = Provider.register(uuidv7(), details);
      await assertIdentifiersFree(work, details, provider.id);
      await work.save(provider, provider.registered());
      const faults = await unknownOffers(work, details);
      const placeIds = await each('/places', places, faults, async (place) => {
        const made = Place.register(uuidv7(), provider.id, place);
        await work.save(made, made.registered());
        return made.id;
      });
      const capacityIds = await each('/capacities', capacities, faults, async (opening) => {
        return (await openCapacity(work, { ...opening, providerId: provider.id })).id;
      });
      if (faults.length > 0) throw new EntryFaulty(faults);
      return { id: provider.id, version: provider.version, placeIds, capacityIds };
    });
  }

  /** A provider corrects its own entry; of what it changes there nothing is verified any more. */
  correct(id: string, expectedVersion: number, details: ProviderDetails, caller: Principal): Promise<Changed> {
    return this.unlessTaken(async (work) => {
      if (!actsFor(caller, id)) throw new NotFound('provider');
      const provider = await work.load(Provider, id);
      if (provider.version !== expectedVersion) throw new StaleVersion(expectedVersion, provider.version);
      const corrected = provider.correct(details);
      await assertIdentifiersFree(work, details, id);
      const faults = await unknownOffers(work, details);
      if (faults.length > 0) throw new EntryFaulty(faults);
      keepAct(work, caller, this.clock, { providerId: id, act: 'CORRECT_ENTRY', subjectId: id });
      await work.save(provider, corrected);
      return { id, version: provider.version };
    });
  }

  verify(id: string, expectedVersion: number, verification: VerifyProvider, caller: Principal): Promise<Changed> {
    assertCentre(caller);
    const { evidenceCode, until } = verification;
    return this.work.change(Provider, id, expectedVersion, (provider) =>
      provider.verify(evidenceCode, caller.sub, this.today, until),
    );
  }

  reject(id: string, expectedVersion: number, reasonCode: string, caller: Principal): Promise<Changed> {
    assertCentre(caller);
    return this.work.change(Provider, id, expectedVersion, (provider) =>
      provider.reject(reasonCode, caller.sub, this.today),
    );
  }

  deactivate(id: string, expectedVersion: number, reasonCode: string, caller: Principal): Promise<Changed> {
    assertCentre(caller);
    return this.work.change(Provider, id, expectedVersion, (provider) =>
      provider.deactivate(reasonCode, caller.sub, this.today),
    );
  }

  reactivate(id: string, expectedVersion: number, caller: Principal): Promise<Changed> {
    assertCentre(caller);
    return this.work.change(Provider, id, expectedVersion, (provider) => provider.reactivate(this.today));
  }

  /** Verifications whose last day is over; answers whether there may be more. Replicas pass over each other's. */
  expire(): Promise<boolean> {
    return this.each(verificationsOver, this.today, (provider) => provider.expire(this.today));
  }

  /** The same of verifications that end soon. Of one that was deactivated nobody needs to be warned. */
  warn(): Promise<boolean> {
    const last = addDays(this.today, verificationTermsOn(this.today).warnDays);
    return this.each(verificationsEnding, last, (provider) => provider.warn(this.today));
  }

  private each(due: string, day: Day, act: (provider: Provider) => DomainEvent | undefined): Promise<boolean> {
    return this.work.run(async ({ query, load, save }) => {
      const providers = await query<{ id: string }>(due, [day, batch]);
      for (const { id } of providers) {
        const provider = await load(Provider, id);
        const fact = act(provider);
        if (fact) await save(provider, fact);
      }
      return providers.length === batch;
    });
  }

  private async unlessTaken<T>(act: (work: Work) => Promise<T>): Promise<T> {
    try {
      return await this.work.run(act);
    } catch (error) {
      const taken = identifiers.find((name) => isUniqueViolation(error, `provider_${name}_key`));
      throw taken ? new AlreadyRegistered([taken]) : error;
    }
  }

  private get today(): Day {
    return dayOf(this.clock.now());
  }
}

/** Providers a transaction. */
const batch = 100;

const verificationsOver = `
  select id from provider where verification = 'VERIFIED' and verified_until < $1
  order by verified_until, id limit $2 for update skip locked`;

// Of those that are over nobody is warned, so a provider is passed over until it has expired.
const verificationsEnding = `
  select id from provider where verification = 'VERIFIED' and verified_until <= $1 and verified_until is distinct from warned_until
    and deactivation is null
  order by verified_until, id limit $2 for update skip locked`;

/** What a rule refuses goes to the faults under its place, and the next is tried. */
async function each<T, R>(
  pointer: string,
  given: readonly T[],
  faults: Fault[],
  act: (one: T) => Promise<R>,
): Promise<R[]> {
  const done: R[] = [];
  for (const [index, one] of given.entries()) {
    try {
      done.push(await act(one));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      faults.push({ pointer: `${pointer}/${index}`, detail: error.message });
    }
  }
  return done;
}

async function unknownOffers({ query }: Work, { services = [] }: ProviderDetails): Promise<Fault[]> {
  const asked = services.flatMap(({ offerId }) => offerId ?? []);
  if (asked.length === 0) return [];
  const known = await query<{ id: string }>('select id from service_offer where id = any($1)', [asked]);
  return services.flatMap(({ offerId }, index) =>
    offerId === undefined || known.some(({ id }) => id === offerId)
      ? []
      : [{ pointer: `/services/${index}/offerId`, detail: 'is no offer of the catalogue' }],
  );
}
