import { Injectable } from '@nestjs/common';
import type { Day } from '@okienko/contracts/calendar';
import type { Sql } from '@okienko/privacy/sql';
import { PersonalData } from '../access/personal-data';
import { homeOf } from '../persons/home';
import { recordsOf } from '../persons/standing';
import { referralTermsOn } from '../terms/referral-terms';
import { NoCandidate } from './allocation-errors';
import { type Candidate, chosenOf, type Offering, ranked } from './candidates';
import type { Choice } from './referring';

/** For whom a provider is sought. */
export interface Sought {
  readonly id: string;
  readonly personId: string;
  readonly offerId: string;
  readonly periodFrom: Day;
  readonly periodTo: Day;
  readonly wishedProviderId: string | null;
}

/** The rule of referrals, asked in the transaction that it is given. */
@Injectable()
export class CandidateQueries {
  constructor(private readonly personalData: PersonalData) {}

  /** The providers of the service in the order of the rule, from the copy of their capacities. */
  async ranking(sql: Sql, sought: Sought, today: Day): Promise<Candidate[]> {
    const { id, personId, offerId, periodFrom, periodTo, wishedProviderId } = sought;
    const offerings = await sql.query<Offering>(selectOfferings, [id, offerId, personId, periodFrom, periodTo]);
    const home = await homeOf(sql, this.personalData, personId);
    return ranked(offerings, { wishedProviderId, home }, referralTermsOn(today));
  }

  /** Whom the rule chooses, with all it had to choose from. */
  async choice(sql: Sql, sought: Sought, today: Day): Promise<Choice> {
    const ranking = await this.ranking(sql, sought, today);
    const chosen = chosenOf(ranking);
    if (!chosen) throw new NoCandidate();
    return { providerId: chosen.providerId, chosenBy: 'RULE', ranking };
  }
}

const selectOfferings = `
  select c.provider_id as "providerId", sum(c.places)::int as places,
         greatest(sum(c.free) - (select count(*) from allocation other
                                 where other.offer_id = $2 and other.provider_id = c.provider_id and other.state = 'REFERRED'
                                   and other.id <> $1), 0)::int as free,
         exists (select from allocation earlier
                 where earlier.person_id in (${recordsOf.replace('?', '$3')}) and earlier.provider_id = c.provider_id and earlier.started_on is not null
                   and earlier.id <> $1) as "hasServed",
         coalesce(jsonb_agg(jsonb_build_object('latitude', c.latitude, 'longitude', c.longitude))
                  filter (where c.latitude is not null and c.longitude is not null and c.free > 0), '[]') as points,
         (select r.outcome from referral r
          where r.allocation_id = $1 and r.provider_id = c.provider_id and r.outcome in ('DECLINED', 'LAPSED')
          order by r.attempt desc limit 1) as refusal
  from capacity c
  where c.offer_id = $2 and c.places > 0 and coalesce(c.first_day <= $4, true) and coalesce(c.last_day >= $5, true)
  group by c.provider_id`;
