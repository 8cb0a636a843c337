import type { Principal } from '@okienko/chassis/access';
import type { Page } from '@okienko/chassis/page';
import type { Day } from '@okienko/contracts/calendar';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { assertCentre } from '../access/centre-only';
import { oneRow, pageOfRows } from '../rows.queries';
import { questionEditionOn } from '../terms/survey-questions';
import { equal } from '../where';
import type { ListSurveys, QuestionView, SurveySummary, SurveyToAnswer, SurveyView } from './surveys.dto';

const columns = `id, version, order_id as "orderId", allocation_id as "allocationId", provider_id as "providerId",
  offer_id as "offerId", cause, answer_by as "answerBy", state, channel`;

@Injectable()
export class SurveyQueries {
  constructor(private readonly dataSource: DataSource) {}

  async get(id: string, caller: Principal): Promise<SurveyView> {
    assertCentre(caller);
    const select = `select ${columns}, edition from survey`;
    const asked = await oneRow<SurveySummary & Edition>(this.dataSource, 'survey', select, [equal('id', id)]);
    return withQuestions(asked);
  }

  list({ state, orderId, allocationId, ...page }: ListSurveys, caller: Principal): Promise<Page<SurveySummary>> {
    assertCentre(caller);
    const asked = [equal('state', state), equal('order_id', orderId), equal('allocation_id', allocationId)];
    return pageOfRows(this.dataSource, `select ${columns} from survey`, asked, page);
  }

  /** For whoever holds its newest token, as long as it is open. */
  async getByToken(id: string, tokenId: string): Promise<SurveyToAnswer> {
    const select = `select id, version, offer_id as "offerId", answer_by as "answerBy", edition from survey`;
    const mine = [equal('id', id), equal('token_id', tokenId), equal('state', 'OPEN')];
    return withQuestions(
      await oneRow<Omit<SurveyToAnswer, 'questions'> & Edition>(this.dataSource, 'survey', select, mine),
    );
  }
}

interface Edition {
  readonly edition: Day;
}

function withQuestions<Asked extends Edition>({ edition, ...survey }: Asked) {
  return { ...survey, questions: [...questionEditionOn(edition).questions] as QuestionView[] };
}
