import { generatePesel } from '@okienko/identifiers/pesel-generator';
import { assertMayMerge, assertMayReverse, CannotMerge, FiledSince, TwoPesels } from './person-merge';

const pesel = (serial: number) => ({ kind: 'PESEL', value: generatePesel('1844-05-14', serial) }) as const;
const passport = { kind: 'OTHER', country: 'UA', value: 'FB123456' } as const;
const none = {
  deathDiffers: false,
  duplicateHasDuplicates: false,
  bothHoldAPlace: false,
  bothInHouseholds: false,
};

describe('a merge', () => {
  it('is of one person, so never of two PESELs', () => {
    expect(() => assertMayMerge(none, pesel(1), pesel(2))).toThrow(TwoPesels);
    expect(() => assertMayMerge(none, pesel(1), passport)).not.toThrow();
    expect(() => assertMayMerge(none, undefined, pesel(2))).not.toThrow();
  });

  it.each([
    ['deathDiffers', 'Record or correct the death'],
    ['duplicateHasDuplicates', 'the other way round'],
    ['bothHoldAPlace', 'Withdraw one of them'],
    ['bothInHouseholds', 'one of them has left'],
  ] as const)('that meets %s is told what to do first', (obstacle, remedy) => {
    const merge = () => assertMayMerge({ ...none, [obstacle]: true }, undefined, undefined);
    expect(merge).toThrow(CannotMerge);
    expect(merge).toThrow(remedy);
  });

  it('is reversed only while nothing has been filed for both as one', () => {
    expect(() => assertMayReverse({ applications: 2 }, { applications: 2 })).not.toThrow();
    expect(() => assertMayReverse({ applications: 2 }, { applications: 3 })).toThrow(FiledSince);
    expect(() => assertMayReverse(undefined, { applications: 0 })).toThrow('NOT MERGED');
  });
});
