import { events } from '@okienko/contracts/events';
import { lived, PageCity } from './page-city';

describe('the city on the page', () => {
  it('counts what happens today and in the last minute, and not the past that is told today', () => {
    const clock = { at: new Date('2026-11-23T10:00:00Z') };
    const city = new PageCity(() => clock.at);
    const happens = (type: string, time = clock.at.toISOString()): void =>
      city.hear({
        place: '',
        storedAt: clock.at.toISOString(),
        service: 'cases',
        type,
        title: '',
        sealed: false,
        time,
      });
    happens('cases.application.submitted.v1');
    happens('cases.application.submitted.v1', '2023-05-04T10:00:00Z');
    happens('cases.person.registered.v1');
    clock.at = new Date('2026-11-23T10:00:59Z');
    happens('cases.plan.closed.v1');
    const [filed] = city.counts();
    expect(filed).toEqual({ name: 'applications filed', lastMinute: 1, today: 1 });
    clock.at = new Date('2026-11-23T10:01:30Z');
    expect(city.counts()[0]).toMatchObject({ lastMinute: 0, today: 1 });
    expect(city.counts().at(-1)).toMatchObject({ name: 'plans closed', lastMinute: 1, today: 1 });
    clock.at = new Date('2026-11-23T23:30:00Z');
    expect(city.counts().every(({ today, lastMinute }) => today === 0 && lastMinute === 0)).toBe(true);
  });

  it('listens to events that there are', () => {
    const names = new Set<string>(events.map(({ $id }) => $id));
    expect(Object.keys(lived).filter((name) => !names.has(name))).toEqual([]);
  });
});
