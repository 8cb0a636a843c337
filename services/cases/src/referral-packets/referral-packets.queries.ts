import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import { addDays, dayOf } from '@okienko/contracts/calendar';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { inTransaction } from '@okienko/messaging/transaction';
import { DataSource } from 'typeorm';
import { validate as isUuid } from 'uuid';
import { PersonalData } from '../access/personal-data';
import { SealedRow } from '../access/sealed-row';
import type { GivenIdentifier } from '../persons/identifier';
import type { Contact } from '../persons/person-contact';
import { recordsOf } from '../persons/standing';
import type { PlanTexts, UnitOfMeasure } from '../plans/plan-content';
import { referralTermsOn } from '../terms/referral-terms';
import { disclosed, type PersonDetails } from './disclosure';
import type { ReferralPacketView } from './referral-packets.dto';

@Injectable()
export class ReferralPacketQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  /** For the provider that has accepted the order, while it lives and until accounts are settled. To anybody else there is none. */
  async ofOrder(orderId: string, caller: Principal): Promise<ReferralPacketView> {
    if (caller.providerId === undefined || !isUuid(caller.providerId)) throw new NotFound('referral packet');
    const { settlementDays, referralScope } = referralTermsOn(this.today);
    const values = [orderId, caller.providerId.toLowerCase(), addDays(this.today, -settlementDays)];
    return inTransaction(this.dataSource, async (transaction) => {
      const [found] = await transaction.query<Row>(selectPacket, values);
      if (!found) throw new NotFound('referral packet');
      const { allocationId, offerId, from, to, quantity, unit, personId, caseRef } = found;
      const key = await this.personalData.keyOf(transaction, personId);
      const { categories, person } = disclosed(found.scope ?? referralScope, detailsOf(found, key));
      const { place, schedule } = wordsOf(found, key);
      const access = { caller, purpose: 'SERVICE_ORDER' };
      const touched = { personId, fieldGroups: ['PLAN', ...categories], caseRef };
      await this.personalData.record(transaction, 'READ', access, touched);
      return { orderId, allocationId, offerId, from, to, quantity, unit, place, schedule, categories, person };
    });
  }

  private get today(): string {
    return dayOf(this.clock.now());
  }
}

interface Row {
  readonly allocationId: string;
  readonly offerId: string;
  readonly itemId: string;
  readonly planId: string | null;
  readonly from: string;
  readonly to: string;
  readonly quantity: number;
  readonly unit: UnitOfMeasure;
  readonly caseRef: string;
  readonly words: Buffer | null;
  readonly texts: Buffer | null;
  /** As the edition has it that the person was qualified under. */
  readonly scope: string[] | null;
  readonly personId: string;
  readonly terc: string;
  readonly givenName: Buffer;
  readonly familyName: Buffer;
  readonly birthDate: Buffer | null;
  readonly identifier: Buffer | null;
  readonly contact: Buffer | null;
}

const selectPacket = `
  select a.id as "allocationId", a.offer_id as "offerId", a.item_id as "itemId", a.plan_id as "planId", a.period_from as "from",
         a.period_to as "to", a.quantity, a.unit_of_measure as unit, application.id as "caseRef", a.words, plan.texts,
         edition.terms -> 'referralScope' as scope, person.id as "personId", person.terc, person.given_name as "givenName",
         person.family_name as "familyName", person.birth_date as "birthDate", person.identifier, c.contact
  from allocation a
  left join individual_plan plan on plan.id = a.plan_id
  cross join lateral (${recordsOf.replace('?', 'a.person_id')}) record
  join application on application.person_id = record.id
  cross join jsonb_to_recordset(application.items) item (id uuid, "programmeId" uuid, "programmeVersion" int, "serviceCode" text)
  left join programme_edition_service edition
    on (edition.programme_id, edition.programme_version, edition.service_code)
     = (item."programmeId", item."programmeVersion", item."serviceCode")
  join person on person.id = a.person_id
  left join person_contact c on c.id = person.id
  where a.order_id = $1 and a.provider_id = $2 and item.id = a.item_id
    and (a.state in ('ACCEPTED', 'IN_DELIVERY', 'SUSPENDED')
      or (a.state in ('COMPLETED', 'RESIGNED', 'TERMINATED') and coalesce(a.ended_on, a.completed_on) >= $3))`;

function detailsOf(found: Row, key: Buffer): PersonDetails {
  const row = new SealedRow(key, 'person', found.personId);
  const { contact, identifier, birthDate, terc } = found;
  return {
    IDENTITY: () => ({
      givenName: row.open('given_name', found.givenName),
      familyName: row.open('family_name', found.familyName),
    }),
    CONTACT: () => {
      if (!contact) return {};
      const { phone, language } = new SealedRow(key, 'person_contact', found.personId).openJson<Contact>(
        'contact',
        contact,
      );
      return { ...(phone ? { phone } : {}), language };
    },
    AGE: () => (birthDate ? { birthDate: row.open('birth_date', birthDate) } : {}),
    PESEL: () => (identifier ? { identifier: row.openJson<GivenIdentifier>('identifier', identifier) } : {}),
    ADDRESS: () => ({ terc }),
  };
}

/** Where and when: in the plan, or, without one, with the allocation. */
function wordsOf(
  { allocationId, planId, itemId, words, texts }: Row,
  key: Buffer,
): { place: string; schedule: string } {
  const said =
    texts && planId
      ? new SealedRow(key, 'individual_plan', planId)
          .openJson<PlanTexts>('texts', texts)
          .items.find((item) => item.itemId === itemId)
      : words &&
        new SealedRow(key, 'allocation', allocationId).openJson<{ place: string; schedule: string }>('words', words);
  return said ?? { place: '', schedule: '' };
}
