/** Time comes in by the door: commands ask this clock, tests give their own. */
export class Clock {
  now(): Date {
    return new Date();
  }
}
