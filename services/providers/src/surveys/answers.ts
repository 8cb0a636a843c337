import type { Fault } from '@okienko/contracts/domain-error';
import type { Question, QuestionKind } from '../terms/survey-questions';
import { SurveyAnswersWrong } from './survey-errors';

export interface GivenAnswer {
  readonly question: string;
  readonly score: number;
}

const bounds: Record<QuestionKind, readonly [number, number]> = { SCALE: [1, 5], YES_NO: [0, 1] };

/** Scores by question. Every question is answered, so that no two of a survey are answered by different people. */
export function scoresOf(questions: readonly Question[], given: readonly GivenAnswer[]): Record<string, number> {
  const faults = [
    ...given.flatMap((answer, index) => faultOf(questions, given, answer, index)),
    ...questions
      .filter(({ code }) => !given.some(({ question }) => question === code))
      .map(({ code }) => ({ pointer: '/answers', detail: `${code} is not answered` })),
  ];
  if (faults.length > 0) throw new SurveyAnswersWrong(faults);
  return Object.fromEntries(given.map(({ question, score }) => [question, score]));
}

function faultOf(
  questions: readonly Question[],
  given: readonly GivenAnswer[],
  { question, score }: GivenAnswer,
  index: number,
): Fault[] {
  const asked = questions.find(({ code }) => code === question);
  const pointer = `/answers/${index}`;
  if (!asked) return [{ pointer, detail: `${question} is not asked here` }];
  if (given.findIndex((other) => other.question === question) < index)
    return [{ pointer, detail: `${question} is answered twice` }];
  const [least, most] = bounds[asked.kind];
  return score >= least && score <= most ? [] : [{ pointer, detail: `${question} takes ${least} to ${most}` }];
}
