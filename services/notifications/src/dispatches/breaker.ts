import type { Answer } from './dispatch';

const second = 1000;
const minute = 60 * second;

/** So many answers in a row that say "I am down" break the circuit: then one post at a time asks whether the sink is there again. */
export const breaksAfter = 5;
/** Before the first, second, … probe; the last one repeats. */
export const probeDelays = [10 * second, 30 * second, minute, 2 * minute, 5 * minute, 15 * minute] as const;
/** A sink that was down so long is left alone until its partner resumes; everything is kept and can be pulled. */
export const pausesAfterDays = 5;

/** Nobody there, or nobody who can work: it says nothing about this message. Any other refusal is about the message alone. */
export const isDown = ({ status }: Answer): boolean => status === undefined || status === 408 || status >= 500;
