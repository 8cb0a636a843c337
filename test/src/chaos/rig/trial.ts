import { randomBytes } from 'node:crypto';
import { Chance } from '../random';
import { inspect, type Inspection } from './inspect';
import { type Engines, type Harm, Rig } from './rig';
import { storm } from './storm';

/** One run of the rig: a storm, a calm, an inspection. */
export async function trial(engines: Engines, seed: number, harm: Harm, milliseconds = 2500): Promise<Inspection> {
  const rig = await Rig.start(engines, `c${randomBytes(5).toString('hex')}`, new Chance(seed), harm);
  try {
    await storm(rig, milliseconds);
    return await inspect(rig);
  } finally {
    await rig.stop();
  }
}
