import type { Kind } from '../checker/finding';
import type { Inspection } from '../rig/inspect';
import type { Engines, Harm } from '../rig/rig';
import { trial } from '../rig/trial';

/** A build that is broken on purpose, and what the checker must find in it. */
export interface Defect {
  readonly name: string;
  readonly shows: readonly Kind[];
  run(engines: Engines, seed: number): Promise<Inspection>;
}

export const inTheRig = (name: string, shows: readonly Kind[], harm: Harm): Defect => ({
  name,
  shows,
  run: (engines, seed) => trial(engines, seed, harm),
});
