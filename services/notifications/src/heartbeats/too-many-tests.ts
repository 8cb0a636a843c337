import { RequestProblem } from '@okienko/chassis/problem';

/** Of one subscription. */
export const testsAMinute = 6;

export class TooManyTests extends RequestProblem {
  constructor(readonly retryAfter: number) {
    super(
      429,
      'too-many-tests',
      `A subscription is tested at most ${testsAMinute} times a minute. Wait ${retryAfter} s.`,
    );
  }
}
