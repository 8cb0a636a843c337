import { addDays } from '@okienko/contracts/calendar';
import { providerKinds } from '../providers/provider-details';
import { SelectionNotAllowed } from './agreement-errors';
import {
  assertLimits,
  assertModeFor,
  assertProcedure,
  isInternal,
  selectionFaults,
  type Selection,
  type SelectionMode,
  selectionModes,
} from './selection';

const from = '2026-03-02';
const basisOf = (act: () => void): string | undefined => {
  try {
    act();
    return undefined;
  } catch (error) {
    if (!(error instanceof SelectionNotAllowed)) throw error;
    return error.basis;
  }
};

describe('how a provider is chosen', () => {
  it('follows from what it is (art. 7(2))', () => {
    const allowed = Object.fromEntries(
      providerKinds.map((kind) => [
        kind,
        selectionModes.filter((mode) => basisOf(() => assertModeFor(mode, kind)) === undefined),
      ]),
    );
    expect(allowed).toEqual({
      OWN_UNIT: ['OWN_UNIT'],
      GMINA_OFFICE: ['GMINA_OFFICE'],
      GMINA_UNIT: ['GMINA_UNIT'],
      NGO: ['NGO_OPEN_COMPETITION', 'NGO_SMALL_GRANT', 'PROCUREMENT'],
      PUBLIC_BENEFIT_BODY: ['NGO_OPEN_COMPETITION', 'NGO_SMALL_GRANT', 'PROCUREMENT'],
      SOCIAL_COOPERATIVE: ['NGO_OPEN_COMPETITION', 'NGO_SMALL_GRANT', 'PROCUREMENT'],
      FIRM: ['PROCUREMENT'],
      MEDICAL_ENTITY: ['PROCUREMENT', 'MEDICAL_ENTITY'],
      NATURAL_PERSON: ['PROCUREMENT'],
    });
    expect(selectionModes.filter(isInternal)).toEqual(['OWN_UNIT', 'GMINA_OFFICE', 'GMINA_UNIT']);
  });

  it.each<[SelectionMode, Selection, string[]]>([
    ['OWN_UNIT', {}, []],
    ['OWN_UNIT', { noticeNumber: '1' }, ['/noticeNumber']],
    ['NGO_OPEN_COMPETITION', {}, ['/form', '/announcedOn', '/offersUntil']],
    ['NGO_SMALL_GRANT', {}, ['/offerFiledOn']],
    ['PROCUREMENT', { procedure: 'GENERAL' }, ['/estimatedGrosze']],
    ['MEDICAL_ENTITY', { rpwdlNumber: '000000012345', form: 'SUPPORT' }, ['/form']],
  ])('%s needs what the law asks for and nothing else', (mode, selection, pointers) =>
    expect(selectionFaults(mode, selection).map(({ pointer }) => pointer)).toEqual(pointers),
  );

  it('by open competition leaves 21 days for offers, and is for five years at most', () => {
    const competition = (offersUntil: string): string | undefined =>
      basisOf(() => assertProcedure('NGO_OPEN_COMPETITION', { announcedOn: from, offersUntil }, from));
    expect(competition('2026-03-22')).toBe('Public Benefit Act art. 13(1)');
    expect(competition('2026-03-23')).toBeUndefined();
    const until = (to: string): string | undefined =>
      basisOf(() => assertLimits('NGO_OPEN_COMPETITION', from, to, null));
    expect(until('2031-03-01')).toBeUndefined();
    expect(until('2031-03-02')).toBe('Public Benefit Act art. 16(4)');
  });

  it('as a small grant is for 90 days and 10,000 PLN at most', () => {
    const grant = (days: number, grosze: number | null): string | undefined =>
      basisOf(() => assertLimits('NGO_SMALL_GRANT', from, addDays(from, days - 1), grosze));
    expect(grant(90, 1_000_000)).toBeUndefined();
    expect(grant(91, 1_000_000)).toBe('Public Benefit Act art. 19a(1)(2)');
    expect(grant(90, 1_000_001)).toBe('Public Benefit Act art. 19a(1)(1)');
    expect(grant(90, null)).toBe('Public Benefit Act art. 19a(1)(1)');
  });

  it.each<[string, number, NonNullable<Selection['procedure']>, boolean]>([
    ['2025-12-31', 12_999_999, 'BELOW_THRESHOLD', true],
    ['2025-12-31', 13_000_000, 'BELOW_THRESHOLD', false],
    ['2026-01-01', 16_999_999, 'BELOW_THRESHOLD', true],
    ['2026-01-01', 17_000_000, 'BELOW_THRESHOLD', false],
    ['2026-01-01', 17_000_000, 'GENERAL', true],
    ['2026-01-01', 347_775_000, 'GENERAL', false],
    ['2026-01-01', 347_775_000, 'SOCIAL_SERVICES', true],
  ])('on %s an order of %i gr under %s is allowed: %s', (day, estimatedGrosze, procedure, isAllowed) => {
    const basis = basisOf(() => assertProcedure('PROCUREMENT', { procedure, estimatedGrosze }, day));
    expect(basis === undefined).toBe(isAllowed);
  });
});
