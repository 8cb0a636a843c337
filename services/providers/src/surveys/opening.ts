import type { Day } from '@okienko/contracts/calendar';
import type { Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import type { ServiceOrder } from '../service-orders/service-order';
import { Survey, type SurveyCause } from './survey';

/** The recipient may say how it went. Callers hold the order's lock, which makes it the only survey of its cause and round. */
export async function openSurvey(
  { save }: Pick<Work, 'save'>,
  order: ServiceOrder,
  today: Day,
  cause: SurveyCause = 'COMPLETED',
  round = 0,
): Promise<void> {
  const survey = Survey.open(uuidv7(), order, cause, round, today);
  await save(survey, survey.opened());
}
