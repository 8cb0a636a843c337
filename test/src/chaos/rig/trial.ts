import { randomBytes } from 'node:crypto';
import { Chance } from '../../chance';
import { inspect, type Inspection, longEnough } from './inspect';
import { type Engines, type Harm, Rig } from './rig';
import { storm } from './storm';

const stormy = 2500;

/** One run of the rig: a storm, a calm that ends when nothing has happened for `patience` milliseconds, an inspection. */
export async function trial(
  engines: Engines,
  seed: number,
  harm: Harm,
  patience: number = longEnough,
): Promise<Inspection> {
  const rig = await Rig.start(engines, `c${randomBytes(5).toString('hex')}`, new Chance(seed), harm);
  try {
    await storm(rig, stormy);
    const inspection = await inspect(rig, patience);
    // Where nothing happens, nothing is found.
    if (inspection.committed === 0) throw new Error('Nothing was committed in this storm: the rig does not work.');
    return inspection;
  } finally {
    await rig.stop();
  }
}
