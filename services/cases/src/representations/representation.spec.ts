import { ValidityReversed } from '../authorisations/authorisation';
import { OwnRepresentative, Representation, type RepresentationTerms, RulingMissing } from './representation';

const terms: RepresentationTerms = {
  personId: 'zofia',
  representativeId: 'anna',
  basis: 'FAMILY_CARE',
  ruling: null,
  validFrom: '2026-03-01',
  validTo: null,
};
const recorded = (more: Partial<RepresentationTerms> = {}) =>
  Representation.record('representation', 'main', { ...terms, ...more }, 'desk');

describe('a representation', () => {
  it('has the role that its basis gives', () => {
    expect(recorded().recorded().data).toEqual({
      personId: 'zofia',
      representativeId: 'anna',
      role: 'ACTUAL_CARER',
      validFrom: '2026-03-01',
    });
    expect(recorded({ basis: 'PARENT', validTo: '2026-12-31' }).recorded().data).toMatchObject({
      role: 'STATUTORY_REPRESENTATIVE',
      validTo: '2026-12-31',
    });
  });

  it.each(['GUARDIAN', 'CURATOR'] as const)('of a %s rests on a ruling, whose number no event tells', (basis) => {
    expect(() => recorded({ basis })).toThrow(RulingMissing);
    const { data } = recorded({ basis, ruling: Buffer.from('III RNs 7/26') }).recorded();
    expect(JSON.stringify(data)).not.toMatch(/ruling|RNs/);
  });

  it('is of another, and its days are in order', () => {
    expect(() => recorded({ representativeId: 'zofia' })).toThrow(OwnRepresentative);
    expect(() => recorded({ validTo: '2026-02-28' })).toThrow(ValidityReversed);
  });

  it('ends once, after it began and not on a day to come', () => {
    const representation = recorded();
    expect(() => representation.end('2026-03-03', '2026-03-02')).toThrow('later than today');
    expect(() => representation.end('2026-02-28', '2026-03-02')).toThrow(ValidityReversed);
    representation.end('2026-03-02', '2026-03-02');
    expect(representation.ended('2026-03-02').data).toMatchObject({ role: 'ACTUAL_CARER', endedOn: '2026-03-02' });
    expect(() => representation.end('2026-03-02', '2026-03-02')).toThrow('ENDED');
  });
});
