import { EntitySchema } from 'typeorm';
import { Survey, type SurveyState } from './survey';

type Columns = Omit<Pick<Survey, keyof Survey>, 'questions'> & { state: SurveyState; tokenId: string | null };

export const surveyMapping = new EntitySchema<Columns>({
  name: 'Survey',
  target: Survey,
  tableName: 'survey',
  columns: {
    id: { type: 'uuid', primary: true },
    version: { type: 'int' },
    orderId: { name: 'order_id', type: 'uuid' },
    allocationId: { name: 'allocation_id', type: 'uuid' },
    providerId: { name: 'provider_id', type: 'uuid' },
    offerId: { name: 'offer_id', type: 'uuid' },
    gmina: { type: 'text', nullable: true },
    cause: { type: 'text' },
    round: { type: 'int' },
    edition: { type: 'date' },
    answerBy: { name: 'answer_by', type: 'date' },
    state: { type: 'text' },
    channel: { type: 'text', nullable: true },
    tokenId: { name: 'token_id', type: 'uuid', nullable: true },
  },
});
