import { NotInState } from '@okienko/contracts/domain-error';
import { Consent } from './consent';

const person = '0197a000-0000-7000-8000-000000000003';
const now = new Date('2026-03-02T08:00:00Z');
const given = (): Consent =>
  Consent.give(
    '0197a000-0000-7000-8000-000000000060',
    person,
    { topic: 'satisfaction-survey', channel: 'BY_PHONE' },
    'desk-anna',
    now,
  );

describe('a consent', () => {
  it('tells what the person wants and how they said it', () => {
    expect(given().given().data).toEqual({
      personId: person,
      topic: 'satisfaction-survey',
      channel: 'BY_PHONE',
      by: 'desk-anna',
    });
  });

  it.each([
    ['desk-anna', { by: 'desk-anna' }],
    [null, {}],
  ])('ends once, by %s', (by, told) => {
    const consent = given();
    consent.end(by, now);
    expect(consent.ended().data).toEqual({ personId: person, topic: 'satisfaction-survey', ...told });
    expect(() => consent.end(by, now)).toThrow(NotInState);
  });
});
