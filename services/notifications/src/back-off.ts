const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** Delays after the first, second, … failed attempt; the last one repeats. */
export const mailDelays = [10 * second, 30 * second, 2 * minute, 10 * minute, hour, 4 * hour, 12 * hour] as const;
/** As the Standard Webhooks specification suggests: from seconds to a day, over more than three days in all. */
export const webhookDelays = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
] as const;

/** Up to a fifth more than the plan, so that what failed together does not come back together. */
export function delayAfter(attempts: number, delays: readonly number[], random: () => number): number {
  const planned = delays[Math.min(attempts, delays.length) - 1] ?? 0;
  return Math.round(planned * (1 + random() / 5));
}
