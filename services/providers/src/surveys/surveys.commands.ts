import type { Principal } from '@okienko/chassis/access';
import type { Changed } from '@okienko/chassis/http';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { assertCentre } from '../access/centre-only';
import { quarterOf } from '../figures/quarter';
import { endOf } from '../service-orders/answer-token';
import { ServiceOrder } from '../service-orders/service-order';
import { surveyTermsOn } from '../terms/survey-terms';
import { type GivenAnswer, scoresOf } from './answers';
import { openSurvey } from './opening';
import { type Channel, Survey } from './survey';
import { type IssuedSurveyToken, SurveyTokenIssuer } from './survey-token.issuer';

/** Surveys a transaction. */
const batch = 100;

/** Staff on behalf of the recipient, or whoever holds the survey's token. */
export type Answering = { readonly caller: Principal; readonly channel: Channel } | { readonly tokenId: string };

@Injectable()
export class SurveyCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly tokens: SurveyTokenIssuer,
  ) {}

  answer(id: string, expectedVersion: number, answers: readonly GivenAnswer[], by: Answering): Promise<Changed> {
    return this.end(id, expectedVersion, by, (survey, channel, { send }) => {
      const scores = scoresOf(survey.questions, answers);
      const { providerId, offerId, edition } = survey;
      const facts = [providerId, offerId, quarterOf(this.today), edition, JSON.stringify(scores)];
      const answered = survey.answer(channel, this.today);
      send(insertAnswer, facts);
      return answered;
    });
  }

  decline(id: string, expectedVersion: number, by: Answering): Promise<Changed> {
    return this.end(id, expectedVersion, by, (survey, channel) => survey.decline(channel, this.today));
  }

  issueToken(id: string, expectedVersion: number, caller: Principal): Promise<IssuedSurveyToken> {
    assertCentre(caller);
    return this.work.run(async (work) => {
      const survey = await work.load(Survey, id, expectedVersion);
      this.tokens.assertOn();
      const tokenId = uuidv7();
      const expiresAt = endOf(survey.answerBy).toISOString();
      await work.save(survey, survey.issueToken(tokenId, expiresAt, this.today));
      return { id, version: survey.version, tokenId, expiresAt };
    });
  }

  /** Ends the next surveys that nobody has answered in time; answers whether there may be more. */
  expire(): Promise<boolean> {
    return this.work.run(async ({ query, load, save }) => {
      const due = await query<{ id: string }>(overdue, [this.today, batch]);
      for (const { id } of due) {
        const survey = await load(Survey, id);
        await save(survey, survey.expire(this.today));
      }
      return due.length === batch;
    });
  }

  /** Opens the next surveys of services that go on for long; answers whether there may be more. */
  openPeriodic(): Promise<boolean> {
    return this.work.run(async (work) => {
      const { today } = this;
      const due = await work.query<Due>(longServed, [today, surveyTermsOn(today).everyMonths, batch]);
      for (const { id, round } of due) await this.openNext(work, id, round, today);
      return due.length === batch;
    });
  }

  /** Asked again under the lock: another replica may have been faster. */
  private async openNext(work: Work, orderId: string, round: number, today: Day): Promise<void> {
    const order = await work.load(ServiceOrder, orderId);
    const known = await work.query(periodicOf, [orderId, round]);
    if (known.length === 0) await openSurvey(work, order, today, 'PERIODIC', round);
  }

  private get today(): Day {
    return dayOf(this.clock.now());
  }

  private end(
    id: string,
    expectedVersion: number,
    by: Answering,
    act: (survey: Survey, channel: Channel, work: Work) => ReturnType<Survey['answer'] | Survey['decline']>,
  ): Promise<Changed> {
    if ('caller' in by) assertCentre(by.caller);
    return this.work.run(async (work) => {
      const survey = await work.load(Survey, id, expectedVersion);
      if ('tokenId' in by) survey.assertNewestToken(by.tokenId);
      await work.save(survey, act(survey, 'channel' in by ? by.channel : 'TOKEN', work));
      return { id, version: survey.version };
    });
  }
}

interface Due {
  readonly id: string;
  readonly round: number;
}

// Neither the survey nor the moment is kept with what was said.
const insertAnswer = `insert into survey_answer (provider_id, offer_id, quarter, edition, scores) values ($1, $2, $3, $4, $5)`;

// Index `survey_open`.
const overdue = `
  select id from survey where state = 'OPEN' and answer_by < $1
  order by answer_by, id limit $2 for update skip locked`;

const periodicOf = `select 1 from survey where order_id = $1 and cause = 'PERIODIC' and round >= $2`;

// Index `service_order_served_long`; months are of different lengths, so it is asked for some days more. After a downtime the newest round alone is opened.
const longServed = `
  select o.id, m.round
  from service_order o
  cross join lateral (
    select max(n) as round from generate_series(1, 100) n where o.first_day + make_interval(months => n * $2::int) <= $1::date
  ) m
  where o.state = 'IN_DELIVERY' and o.first_day < $1::date - make_interval(months => $2::int) + interval '4 days'
    and m.round is not null
    and not exists (select from survey s where s.order_id = o.id and s.cause = 'PERIODIC' and s.round >= m.round)
  order by o.first_day, o.id limit $3 for update of o skip locked`;
