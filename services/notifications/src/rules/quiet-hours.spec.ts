import fc from 'fast-check';
import { nextDigest } from '../digests/digest-terms';
import { localTime, nextAt } from './local-time';
import { afterQuiet } from './quiet-hours';

const informative = { isQuiet: true, standing: 'INFORMATIVE' } as const;
const warsaw = (text: string) => new Date(text);
const sms = (at: string, quiet?: { from: string; to: string }) =>
  afterQuiet(informative, 'SMS', quiet ? { quiet } : {}, warsaw(at)).toISOString();

describe('quiet hours', () => {
  it.each([
    ['2026-03-02T12:00:00+01:00', '2026-03-02T11:00:00.000Z'],
    ['2026-03-02T20:00:00+01:00', '2026-03-03T07:00:00.000Z'],
    ['2026-03-02T07:59:00+01:00', '2026-03-02T07:00:00.000Z'],
    ['2026-03-02T08:00:00+01:00', '2026-03-02T07:00:00.000Z'],
    // From Saturday evening through Sunday, on the night of which clocks move.
    ['2026-03-28T21:00:00+01:00', '2026-03-30T06:00:00.000Z'],
    ['2026-10-25T12:00:00+01:00', '2026-10-26T07:00:00.000Z'],
  ])('an SMS of %s goes at %s', (at, due) => expect(sms(at)).toBe(due));

  it('of the person count instead, for e-mails too, and pass midnight', () => {
    const own = { from: '22:00', to: '06:00' };
    expect(sms('2026-03-01T21:59:00+01:00', own)).toBe('2026-03-01T20:59:00.000Z');
    expect(sms('2026-03-01T22:00:00+01:00', own)).toBe('2026-03-02T05:00:00.000Z');
    expect(afterQuiet(informative, 'EMAIL', { quiet: own }, warsaw('2026-03-02T03:00:00+01:00'))).toEqual(
      warsaw('2026-03-02T06:00:00+01:00'),
    );
    expect(sms('2026-03-02T23:00:00+01:00', { from: '00:00', to: '00:00' })).toBe('2026-03-02T22:00:00.000Z');
  });

  it('hold up nothing that the law wants told, that does not keep them, or that makes no sound', () => {
    const night = warsaw('2026-03-02T23:00:00+01:00');
    expect(afterQuiet({ isQuiet: true, standing: 'LEGAL' }, 'SMS', {}, night)).toBe(night);
    expect(afterQuiet({ isQuiet: false, standing: 'EXTRA' }, 'SMS', {}, night)).toBe(night);
    expect(afterQuiet(informative, 'EMAIL', {}, night)).toBe(night);
    expect(afterQuiet(informative, 'LETTER', { quiet: { from: '20:00', to: '08:00' } }, night)).toBe(night);
  });

  const clock = fc
    .tuple(fc.nat(23), fc.nat(59))
    .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
  const moment = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true });

  it('end within a day and a half, and then it is not quiet', () => {
    fc.assert(
      fc.property(moment, fc.option(fc.record({ from: clock, to: clock }), { nil: undefined }), (at, quiet) => {
        const due = afterQuiet(informative, 'SMS', quiet ? { quiet } : {}, at);
        expect(due.getTime() - at.getTime()).toBeGreaterThanOrEqual(0);
        expect(due.getTime() - at.getTime()).toBeLessThanOrEqual(37 * 60 * 60_000);
        expect(afterQuiet(informative, 'SMS', quiet ? { quiet } : {}, due)).toEqual(due);
      }),
    );
  });

  it('a time of the clock comes within 25 hours, and clocks show it unless they skip it', () => {
    fc.assert(
      fc.property(moment, clock, (at, time) => {
        const next = nextAt(time, at);
        expect(next > at).toBe(true);
        expect(next.getTime() - at.getTime()).toBeLessThanOrEqual(25 * 60 * 60_000);
        const [hour, minute] = time.split(':').map(Number) as [number, number];
        if (hour !== 2) expect(localTime(next).minute).toBe(hour * 60 + minute);
      }),
    );
  });

  it('the news of the day go out once a day', () => {
    expect(nextDigest(warsaw('2026-03-02T15:59:59+01:00'))).toEqual(warsaw('2026-03-02T16:00:00+01:00'));
    expect(nextDigest(warsaw('2026-03-02T16:00:00+01:00'))).toEqual(warsaw('2026-03-03T16:00:00+01:00'));
  });
});
