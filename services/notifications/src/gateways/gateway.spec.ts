import fc from 'fast-check';
import type { Outcome } from '../channels/channel';
import { after, failuresUntilBroken, type Gateway, restOf, shortestRest, stateOf, working } from './gateway';

const now = new Date('2026-03-02T08:00:00Z');
const at = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);
const outage: Outcome = { kind: 'NOT_NOW', code: 'ECONNECTION', isOutage: true };
const failing = (times: number, from: Gateway = working): Gateway =>
  Array.from({ length: times }).reduce<Gateway>((gateway) => after(gateway, outage, now), from);

const outcomes = fc.oneof(
  fc.constant<Outcome>({ kind: 'HANDED_OVER' }),
  fc.constant<Outcome>({ kind: 'REFUSED', code: 'EENVELOPE' }),
  fc.constant<Outcome>({ kind: 'NOT_NOW', code: 'EENVELOPE' }),
  fc.constant<Outcome>(outage),
  fc.nat(600).map((wait): Outcome => ({ kind: 'NOT_NOW', code: 'HTTP_429', isOutage: true, notBefore: at(wait) })),
);

describe('a gateway', () => {
  it('is broken after some outages in a row, rests, and is probed then', () => {
    expect(stateOf(failing(failuresUntilBroken - 1), now)).toBe('WORKS');
    const broken = failing(failuresUntilBroken);
    expect(stateOf(broken, now)).toBe('BROKEN');
    expect(stateOf(broken, at(shortestRest / 1000))).toBe('PROBED');
  });

  it('rests longer the longer it has been broken, up to five minutes', () => {
    const broken = failing(failuresUntilBroken);
    expect(restOf(broken, at(60))).toBe(60_000);
    expect(restOf(broken, at(3600))).toBe(300_000);
    expect(after(broken, outage, at(60)).restsUntil).toEqual(at(120));
  });

  it('that asks for time gets it, and is not broken by it', () => {
    const asked = after(working, { kind: 'NOT_NOW', code: 'HTTP_429', isOutage: true, notBefore: at(30) }, now);
    expect(stateOf(asked, now)).toBe('RESTS');
    expect(stateOf(asked, at(30))).toBe('WORKS');
  });

  it('works as soon as it answers about a message, whatever it answers', () => {
    fc.assert(
      fc.property(fc.array(outcomes, { maxLength: 30 }), outcomes, (before, last) => {
        const gateway = before.reduce((one, outcome) => after(one, outcome, now), working);
        const next = after(gateway, last, now);
        const isOutage = last.kind === 'NOT_NOW' && last.isOutage === true;
        expect(next.failures).toBe(isOutage ? gateway.failures + 1 : 0);
        expect(next.brokenSince !== null).toBe(next.failures >= failuresUntilBroken);
        if (next.brokenSince) expect(stateOf(next, now)).toBe('BROKEN');
        if (isOutage)
          expect(next.restsUntil?.getTime() ?? 0).toBeGreaterThanOrEqual(gateway.restsUntil?.getTime() ?? 0);
      }),
    );
  });
});
