import type { Day } from '@okienko/contracts/calendar';
import { DomainError, type Fault } from '@okienko/contracts/domain-error';

/** When a participant is asked: on joining, on leaving, and up to four weeks after it. */
export const moments = ['ENTRY', 'EXIT', 'FOUR_WEEKS_AFTER'] as const;
export type Moment = (typeof moments)[number];
export const indicatorKinds = ['YES_NO', 'CHOICE', 'COUNT'] as const;

/** What a participant was asked and would not say. */
export const refused = 'REFUSED';
/** In figures: those who were not asked, or whose answer is not there. */
export const unknown = 'UNKNOWN';

/** Something that a project has to know of each participant. */
export interface Indicator {
  readonly code: string;
  /** In Polish, as the participant is asked. */
  readonly name: string;
  readonly kind: (typeof indicatorKinds)[number];
  /** Codes to choose from; of a CHOICE alone. */
  readonly options: readonly string[];
  readonly askedAt: readonly Moment[];
  readonly mayBeRefused: boolean;
  readonly validFrom: Day;
  readonly validTo: Day | null;
}

export interface Answer {
  readonly code: string;
  readonly value: string;
}

/** Values by the codes of indicators. */
export type Answers = Readonly<Record<string, string>>;

export class AnswersWrong extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'indicator-answers-wrong';
  override readonly basis = 'Regulation (EU) 2021/1057, annex I';
  constructor(override readonly errors: readonly Fault[]) {
    super('Each indicator that the project asks for on that day needs one answer, and no other does. See `errors`.');
  }
}

/** The answers that can be told beforehand. */
export function choicesOf({ kind, options, mayBeRefused }: Indicator): string[] {
  return [...(kind === 'YES_NO' ? ['YES', 'NO'] : options), ...(mayBeRefused ? [refused] : [])];
}

function isAnswer(indicator: Indicator, value: string): boolean {
  return choicesOf(indicator).includes(value) || (indicator.kind === 'COUNT' && /^\d{1,6}$/.test(value));
}

/** The answers to what is asked: to all of it, and to nothing else. */
export function answersTo(asked: readonly Indicator[], given: readonly Answer[]): Answers {
  const known = new Map(asked.map((indicator) => [indicator.code, indicator]));
  const faults = given.flatMap(({ code, value }, at): Fault[] => {
    const indicator = known.get(code);
    if (!indicator) return [{ pointer: `/indicators/${at}/code`, detail: `${code} is not asked then.` }];
    if (given.findIndex((answer) => answer.code === code) < at)
      return [{ pointer: `/indicators/${at}/code`, detail: `${code} is answered twice.` }];
    return isAnswer(indicator, value)
      ? []
      : [{ pointer: `/indicators/${at}/value`, detail: `That is no answer to ${code}.` }];
  });
  const answers = Object.fromEntries(given.map(({ code, value }) => [code, value]));
  const missing = asked.filter(({ code }) => !Object.hasOwn(answers, code));
  faults.push(...missing.map(({ code }) => ({ pointer: '/indicators', detail: `${code} is not answered.` })));
  if (faults.length > 0) throw new AnswersWrong(faults);
  return answers;
}
