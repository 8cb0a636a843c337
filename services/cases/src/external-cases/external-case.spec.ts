import fc from 'fast-check';
import { ExternalCase, ExternalCaseReversed, type Standing } from './external-case';

const of = { personId: 'person', system: 'POMOST', numberIndex: Buffer.from('index') };
const register = (standing: Standing): ExternalCase =>
  ExternalCase.register('case', 'main', of, Buffer.from('ciphertext'), standing, 'desk');
const open: Standing = { status: 'OPEN', from: '2026-01-01', to: null };

const day = fc.date({ min: new Date('2000-01-01'), max: new Date('2030-12-31'), noInvalidDate: true });
const text = (date: Date): string => date.toISOString().slice(0, 10);

describe('a reference to a case elsewhere', () => {
  it('tells whose it is, and nothing of what it is about', () => {
    const known = register(open);
    expect(known.registered().data).toEqual({ personId: 'person' });
    known.update(Buffer.from('other'), { ...open, status: 'CLOSED', to: '2026-02-01' });
    expect(known.updated().data).toEqual({ personId: 'person' });
    expect(known).toMatchObject({ status: 'CLOSED', toDay: '2026-02-01' });
  });

  it('never ends before it begins, and stays as it was when it would', () => {
    fc.assert(
      fc.property(day, day, (one, other) => {
        const [from, to] = [text(one), text(other)];
        const known = register(open);
        const update = (): void => known.update(Buffer.from('other'), { status: 'CLOSED', from, to });
        if (to < from) {
          expect(update).toThrow(ExternalCaseReversed);
          expect(known).toMatchObject({ status: 'OPEN', fromDay: open.from, toDay: null });
          expect(() => register({ ...open, from, to })).toThrow(ExternalCaseReversed);
        } else {
          update();
          expect(known).toMatchObject({ status: 'CLOSED', fromDay: from, toDay: to });
        }
      }),
    );
  });
});
