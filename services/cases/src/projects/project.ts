import type { Day } from '@okienko/contracts/calendar';
import { projectRecordedV1 } from '@okienko/contracts/cases/project-recorded.v1';
import { projectRevisedV1 } from '@okienko/contracts/cases/project-revised.v1';
import { DomainError, type Fault } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { ValidityReversed } from '../authorisations/authorisation';
import { commonIndicators } from './common-indicators';
import { type Indicator, type Moment, refused, unknown } from './indicator';

export class ProjectExists extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'project-exists';
  constructor() {
    super('A project with this code is recorded already. Find it with GET /projects.');
  }
}

export class IndicatorsWrong extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'indicators-wrong';
  constructor(override readonly errors: readonly Fault[]) {
    super(
      'The indicators of a project are few and clear, and those recorded stay: they may only be ended. See `errors`.',
    );
  }
}

export interface ProjectTerms {
  readonly name: string;
  readonly validFrom: Day;
  readonly validTo: Day;
  /** Beside those common to all projects. */
  readonly indicators: readonly Indicator[];
}

/** A project co-financed by the EU in which the centre's clients may take part. It is of the whole centre. */
export class Project {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly code: string,
    readonly fund: string,
    public name: string,
    private validFrom: Day,
    private validTo: Day,
    private indicators: readonly Indicator[],
  ) {}

  static record(id: string, code: string, fund: string, terms: ProjectTerms): Project {
    assertTerms(terms, []);
    return new Project(id, 0, code, fund, terms.name, terms.validFrom, terms.validTo, terms.indicators);
  }

  /** All of it as it should stand. */
  revise(terms: ProjectTerms): void {
    assertTerms(terms, this.indicators);
    this.name = terms.name;
    this.validFrom = terms.validFrom;
    this.validTo = terms.validTo;
    this.indicators = terms.indicators;
  }

  runsOn(day: Day): boolean {
    return this.validFrom <= day && day <= this.validTo;
  }

  /** What is asked of somebody at that moment, on that day. */
  asks(moment: Moment, day: Day): Indicator[] {
    return allIndicators(this.indicators).filter(
      ({ askedAt, validFrom, validTo }) =>
        askedAt.includes(moment) && validFrom <= day && (validTo === null || day <= validTo),
    );
  }

  recorded(): DomainEvent<typeof projectRecordedV1> {
    return event(projectRecordedV1, this.id, this.facts());
  }

  revised(): DomainEvent<typeof projectRevisedV1> {
    return event(projectRevisedV1, this.id, this.facts());
  }

  private facts(): { code: string; validFrom: Day; validTo: Day; indicators: number } {
    const { code, validFrom, validTo, indicators } = this;
    return { code, validFrom, validTo, indicators: indicators.length };
  }
}

export const allIndicators = (own: readonly Indicator[]): Indicator[] => [...commonIndicators, ...own];

/** `recorded` are those that the project had: what has been asked keeps its meaning. */
function assertTerms({ validFrom, validTo, indicators }: ProjectTerms, recorded: readonly Indicator[]): void {
  if (validTo < validFrom) throw new ValidityReversed();
  const faults = indicators.flatMap((indicator, at) =>
    faultsOf(indicator, allIndicators(indicators.slice(0, at))).map((detail) => ({
      pointer: `/indicators/${at}`,
      detail,
    })),
  );
  const lost = recorded.filter((one) => !indicators.some((indicator) => isSame(one, indicator)));
  faults.push(...lost.map(({ code }) => ({ pointer: '/indicators', detail: `${code} is missing or has changed.` })));
  if (faults.length > 0) throw new IndicatorsWrong(faults);
}

function faultsOf(
  { code, kind, options, validFrom, validTo }: Indicator,
  others: readonly Pick<Indicator, 'code'>[],
): string[] {
  const faults: readonly (readonly [boolean, string])[] = [
    [others.some((other) => other.code === code), `${code} is another indicator's code.`],
    [(kind === 'CHOICE') !== options.length > 0, 'A CHOICE has options, and nothing else has.'],
    [new Set(options).size < options.length, 'The options are different.'],
    [options.includes(refused) || options.includes(unknown), `${refused} and ${unknown} are no options.`],
    [validTo !== null && validTo < validFrom, 'validTo must not be before validFrom.'],
  ];
  return faults.filter(([isWrong]) => isWrong).map(([, detail]) => detail);
}

/** But for its last day. */
const isSame = (one: Indicator, other: Indicator): boolean => meaningOf(one) === meaningOf(other);

const meaningOf = ({ code, kind, options, askedAt, mayBeRefused, validFrom }: Indicator): string =>
  JSON.stringify([code, kind, options, askedAt, mayBeRefused, validFrom]);
