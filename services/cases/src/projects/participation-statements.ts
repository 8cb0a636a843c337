import type { Day } from '@okienko/contracts/calendar';
import { DomainError } from '@okienko/contracts/domain-error';

/** What a participant declares on joining a project. */
export interface ParticipationStatement {
  readonly version: string;
  readonly validFrom: Day;
  readonly validTo: Day | null;
  readonly text: string;
}

export const participationStatements: readonly ParticipationStatement[] = [
  {
    version: '2021-07-01',
    validFrom: '2021-07-01',
    validTo: null,
    text:
      'Chcę wziąć udział w projekcie. Podane przeze mnie dane są prawdziwe. Wiem, kto i w jakim celu będzie je przetwarzać, ' +
      'i że mogę odmówić podania tych, przy których jest taka możliwość.',
  },
];

export class StatementNotInForce extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'participation-statement-not-in-force';
  constructor() {
    super('That is not the statement in force on the day of the declaration. Take one from GET /projects/{id}.');
  }
}

const isInForce = ({ validFrom, validTo }: ParticipationStatement, day: Day): boolean =>
  validFrom <= day && (validTo === null || day <= validTo);

export const statementsOn = (day: Day): ParticipationStatement[] =>
  participationStatements.filter((statement) => isInForce(statement, day));

export function assertStatementInForce(version: string, day: Day): void {
  if (!statementsOn(day).some((statement) => statement.version === version)) throw new StatementNotInForce();
}
