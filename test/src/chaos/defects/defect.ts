import { countOf, type Finding, type Kind } from '../checker/finding';
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

/** Storms until the defect's weak spot is hit: where a fault falls depends on the machine and its load. */
const storms = 4;

/** What the checker finds in a build with this defect, and whether that is what it must find. */
export async function sought(
  defect: Defect,
  engines: Engines,
  seed: number,
): Promise<{ findings: Finding[]; caught: boolean }> {
  const findings: Finding[] = [];
  const caught = (): boolean => defect.shows.every((kind) => countOf(findings, kind) > 0);
  for (let storm = 0; storm < storms && !caught(); storm += 1)
    findings.push(...(await defect.run(engines, seed + storm)).findings);
  return { findings, caught: caught() };
}
