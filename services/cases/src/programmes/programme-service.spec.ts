import {
  assertMustWait,
  assertOpenTo,
  NoQueue,
  NotAResident,
  PlacesLeft,
  ProgrammeNotInForce,
  type ProgrammeService,
} from './programme-service';

const service: ProgrammeService = {
  programmeId: 'p',
  programmeVersion: 1,
  serviceCode: 'teleopieka',
  terc: '0609013',
  validFrom: '2026-01-01',
  validTo: '2026-12-31',
  endedOn: null,
  expectedPersons: 2,
  taken: 2,
  queueRule: 'FILING_TIME',
};
const open =
  (more: Partial<ProgrammeService>, terc = '0609013', today = '2026-06-01') =>
  () =>
    assertOpenTo({ ...service, ...more }, terc, today);

describe('a service of a programme', () => {
  it('is open from the first day of the programme to the last', () => {
    for (const day of ['2026-01-01', '2026-12-31']) expect(open({}, '0609013', day)).not.toThrow();
    for (const day of ['2025-12-31', '2027-01-01']) expect(open({}, '0609013', day)).toThrow(ProgrammeNotInForce);
    expect(open({ endedOn: '2026-05-01' })).toThrow(ProgrammeNotInForce);
    expect(() => assertOpenTo(undefined, '0609013', '2026-06-01')).toThrow(ProgrammeNotInForce);
  });

  it('is open to town and countryside of an urban-rural gmina, and to no other gmina', () => {
    for (const terc of ['0609014', '0609015']) expect(open({}, terc)).not.toThrow();
    for (const terc of ['0609023', '2804012', '']) expect(open({}, terc)).toThrow(NotAResident);
  });

  it('has a waiting list past its limit only, and only where the programme keeps one', () => {
    expect(() => assertMustWait(service)).not.toThrow();
    expect(() => assertMustWait({ ...service, taken: 1 })).toThrow(PlacesLeft);
    expect(() => assertMustWait({ ...service, queueRule: 'NONE' })).toThrow(NoQueue);
  });
});
