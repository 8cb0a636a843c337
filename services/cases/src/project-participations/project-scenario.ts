import { addDays } from '@okienko/contracts/calendar';
import { type Answer, choicesOf, type Moment } from '../projects/indicator';
import { commonIndicators } from '../projects/common-indicators';
import { desk, idOf, type Json, organiser, type Scenario, today } from '../scenario';

let serial = 0;

export const projectBody = (more: Json = {}): Json => ({
  code: `PROJECT_${(serial += 1)}`,
  fund: 'ESF_PLUS',
  name: 'Bliżej ludzi',
  validFrom: '2025-01-01',
  validTo: addDays(today, 300),
  indicators: [],
  ...more,
});

export const projectIn = async (scenario: Scenario, more: Json = {}): Promise<string> =>
  idOf(await scenario.post('/projects', organiser, projectBody(more)));

/** The first choice of everything common to all projects, but for those given. */
export const answers = (moment: Moment, but: Record<string, string> = {}): Answer[] =>
  commonIndicators
    .filter(({ askedAt }) => askedAt.includes(moment))
    .map((indicator) => ({ code: indicator.code, value: but[indicator.code] ?? choicesOf(indicator)[0] ?? '' }));

export const declaration = (projectId: string, personId: string, more: Json = {}): Json => ({
  projectId,
  personId,
  declaredOn: today,
  statementVersion: '2021-07-01',
  indicators: answers('ENTRY'),
  ...more,
});

export const participantIn = async (
  scenario: Scenario,
  projectId: string,
  more: Json = {},
  as: Parameters<Scenario['post']>[1] = desk,
): Promise<{ id: string; personId: string }> => {
  const personId = await scenario.person(undefined, as);
  return {
    personId,
    id: idOf(await scenario.post('/project-participations', as, declaration(projectId, personId, more))),
  };
};
