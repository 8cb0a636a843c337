import { Injectable } from '@nestjs/common';
import type { ProgrammeEnteredIntoForceV1 } from '@okienko/contracts/catalogue/programme-entered-into-force.v1';
import type { ServiceOfferPublishedV1 } from '@okienko/contracts/catalogue/service-offer-published.v1';
import type { Day } from '@okienko/contracts/calendar';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';

/** Copies of what the catalogue says, so that this service decides with the catalogue down. */
@Injectable()
export class ProgrammeCommands {
  constructor(private readonly work: UnitOfWork) {}

  enterIntoForce(id: string, programme: ProgrammeEnteredIntoForceV1): Promise<void> {
    const { programmeVersion, terc, validFrom, validTo, services, dataScope, fee } = programme;
    return this.work.run(({ send }) => {
      send(
        `insert into programme (id, programme_version, terc, valid_from, valid_to) values ($1, $2, $3, $4, $5)
         on conflict (id) do update set (programme_version, terc, valid_from, valid_to, ended_on)
           = (excluded.programme_version, excluded.terc, excluded.valid_from, excluded.valid_to, null)`,
        [id, programmeVersion, terc, validFrom, validTo],
      );
      // A lower limit takes no place away from anybody: it stops at what is taken.
      send(
        `insert into programme_service (programme_id, programme_version, service_code, expected_persons, queue_rule)
         select $1, $2, code, persons, rule from unnest($3::text[], $4::int[], $5::text[]) s (code, persons, rule)
         on conflict (programme_id, service_code) do update
           set programme_version = excluded.programme_version, queue_rule = excluded.queue_rule,
               expected_persons = greatest(excluded.expected_persons, programme_service.taken)`,
        [
          id,
          programmeVersion,
          services.map((service) => service.serviceCode),
          services.map((service) => service.expectedPersons),
          services.map((service) => service.queueRule),
        ],
      );
      // An edition never changes, and cases go on under the one they were qualified under.
      send(
        `insert into programme_data_scope (programme_id, programme_version, categories) values ($1, $2, $3::text[])
         on conflict (programme_id, programme_version) do nothing`,
        [id, programmeVersion, dataScope],
      );
      send(
        `insert into programme_edition_service (programme_id, programme_version, service_code, terms)
         select $1, $2, code, terms from unnest($3::text[], $4::jsonb[]) s (code, terms)
         on conflict (programme_id, programme_version, service_code) do nothing`,
        [id, programmeVersion, services.map(({ serviceCode }) => serviceCode), services.map(termsOf(fee))],
      );
    });
  }

  end(id: string, endedOn: Day): Promise<void> {
    return this.work.run(({ send }) => {
      send('update programme set ended_on = $2 where id = $1', [id, endedOn]);
    });
  }

  publishOffer(id: string, offer: ServiceOfferPublishedV1): Promise<void> {
    return this.work.run(({ send }) => {
      send(
        `insert into offer (id, programme_id, service_code, unit_of_measure, published, name) values ($1, $2, $3, $4, true, $5)
         on conflict (id) do update set (programme_id, service_code, unit_of_measure, published, name)
           = (excluded.programme_id, excluded.service_code, excluded.unit_of_measure, true, excluded.name)`,
        [id, offer.programmeId ?? null, offer.serviceCode ?? null, offer.unit, offer.name],
      );
    });
  }

  withdrawOffer(id: string): Promise<void> {
    return this.work.run(({ send }) => {
      send('update offer set published = false where id = $1', [id]);
    });
  }
}

/** What counts for a service in this edition; a service without a fee of its own has the programme's. */
const termsOf =
  (fee: ProgrammeEnteredIntoForceV1['fee']) =>
  ({ serviceCode: _, expectedPersons: __, ...terms }: ProgrammeEnteredIntoForceV1['services'][number]): string =>
    JSON.stringify({ ...(fee ? { fee } : {}), ...terms });
