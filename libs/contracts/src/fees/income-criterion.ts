import { type Day, editionOn } from '../calendar';

/** Monthly income up to which social assistance in money is given, in grosze (Social Assistance Act, art. 8(1)). */
export interface IncomeCriterion {
  readonly validFrom: Day;
  readonly singleGrosze: number;
  /** Of each person of a family. */
  readonly familyGrosze: number;
}

/** Reviewed every three years (art. 9(1)): Dz.U. 2024 poz. 1044, Dz.U. 2021 poz. 1296, Dz.U. 2018 poz. 1358. Newest first. */
const history: readonly [...IncomeCriterion[], IncomeCriterion] = [
  { validFrom: '2025-01-01', singleGrosze: 101_000, familyGrosze: 82_300 },
  { validFrom: '2022-01-01', singleGrosze: 77_600, familyGrosze: 60_000 },
  { validFrom: '2018-10-01', singleGrosze: 70_100, familyGrosze: 52_800 },
];

export const incomeCriterionOn = (day: Day): IncomeCriterion => editionOn(history, day);
