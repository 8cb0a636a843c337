import { services } from '@okienko/contracts/event';
import { meets } from '../bench/report';
import { type Course, judged, type Sample } from './soak-judging';

const second = 1_000;
const [began, spikeAt, over, restAt] = [0, 180 * second, 200 * second, 290 * second];
const of = (value: number): Record<string, number> => Object.fromEntries(services.map((name) => [name, value]));

/** Five minutes in which nothing grows: an act each tenth of a second, a sample every five seconds. */
function calm(changed: Partial<Course> = {}, spoilt: (sample: Sample) => Partial<Sample> = () => ({})): Course {
  const acts = Array.from({ length: 3_000 }, (_, index) => ({
    act: 'look' as const,
    at: index * 100,
    milliseconds: index * 100 >= spikeAt && index * 100 < over + 10 * second ? 400 : 10 + (index % 5),
  }));
  const samples = Array.from({ length: 60 }, (_, index): Sample => {
    const at = (index + 1) * 5 * second;
    const busy = at > spikeAt && at < over + 10 * second ? 6 : index % 2;
    const sample = { at, megabytes: of(110 + (index % 3)), connections: of(5 + busy), sockets: of(12 + busy) };
    return { ...sample, ...spoilt(sample) };
  });
  const tables = { 'cases.offer': { rows: 30, kilobytes: 64 }, 'cases.outbox_parked': { rows: 0, kilobytes: 16 } };
  return {
    done: acts,
    samples,
    began,
    spikeAt,
    over,
    restAt,
    tablesWarm: tables,
    tablesAtEnd: tables,
    left: 0,
    ...changed,
  };
}
const missed = (course: Course): string[] =>
  judged(course)
    .filter((line) => !meets(line))
    .map(({ key }) => key);
const figure = (course: Course, key: string): number => judged(course).find((line) => line.key === key)?.figure ?? NaN;
const among = (list: Record<string, number>, name: string, value: number): Record<string, number> => ({
  ...list,
  [name]: value,
});

describe('what a soak has shown', () => {
  it('is all there when nothing grew', () => {
    expect(missed(calm())).toEqual([]);
    expect(figure(calm(), 'p95SpikeMs')).toBe(400);
    expect(figure(calm(), 'secondsToUsual')).toBe(10);
  });

  it('is not what one of the four services took more and more of, slowly', () => {
    const leak = ({ at, megabytes }: Sample) => ({
      megabytes: among(megabytes, 'providers', 110 + (at / second) * 0.15),
    });
    expect(missed(calm({}, leak))).toEqual(['memoryGrowthPercent', 'memoryAfterPercent']);
  });

  it('is not what a spike left in the memory', () => {
    const kept = ({ at, megabytes }: Sample) => (at >= spikeAt ? { megabytes: among(megabytes, 'cases', 130) } : {});
    expect(missed(calm({}, kept))).toEqual(['memoryAfterPercent']);
  });

  it.each(['connections', 'sockets'] as const)('is not what a spike left open: %s', (what) => {
    const kept = (sample: Sample) => (sample.at >= spikeAt ? { [what]: among(sample[what], 'notifications', 14) } : {});
    expect(missed(calm({}, kept))).toEqual([`${what}More`]);
  });

  it('is not a spike that the city does not come back from', () => {
    const slow = calm().done.map((act) => (act.at >= spikeAt ? { ...act, milliseconds: 400 } : act));
    expect(missed(calm({ done: slow }))).toEqual(['secondsToUsual']);
    const late = calm().done.map((act) =>
      act.at >= over && act.at < over + 70 * second ? { ...act, milliseconds: 400 } : act,
    );
    expect([missed(calm({ done: late })), figure(calm({ done: late }), 'secondsToUsual')]).toEqual([
      ['secondsToUsual'],
      70,
    ]);
  });

  it('is not an act that failed', () => {
    const [first, ...others] = calm().done;
    if (!first) throw new Error('There is an act.');
    expect(missed(calm({ done: [{ ...first, failure: 'no answer' }, ...others] }))).toEqual(['failures']);
  });

  it('is not a table that holds more, or takes more, than it did', () => {
    const { tablesWarm } = calm();
    const more = { ...tablesWarm, 'cases.outbox_parked': { rows: 6, kilobytes: 16 } };
    expect(missed(calm({ tablesAtEnd: more }))).toEqual(['rowsMore']);
    const larger = { ...tablesWarm, 'cases.offer': { rows: 30, kilobytes: 64 + 1025 } };
    expect(missed(calm({ tablesAtEnd: larger }))).toEqual(['kilobytesMore']);
    const unheardOf = { ...tablesWarm, 'cases.forgotten': { rows: 7, kilobytes: 8 } };
    expect(missed(calm({ tablesAtEnd: unheardOf }))).toEqual(['rowsMore']);
  });

  it('is not what waits when nobody works any more', () => {
    expect(missed(calm({ left: 1 }))).toEqual(['left']);
  });

  it('tells the memory of a short run, and does not judge it', () => {
    const leak = ({ at, megabytes }: Sample) => ({ megabytes: among(megabytes, 'cases', 110 + at / second) });
    const short = calm({}, leak);
    const early = { ...short, spikeAt: 60 * second, over: 70 * second };
    expect(judged(early).find(({ key }) => key === 'memoryGrowthPercent')?.figure).toBeGreaterThan(10);
    expect(missed(early)).not.toContain('memoryGrowthPercent');
  });

  it('is nothing at all where nobody looked', () => {
    expect(missed(calm({ samples: [] }))).toEqual([
      'memoryGrowthPercent',
      'memoryAfterPercent',
      'connectionsMore',
      'socketsMore',
    ]);
  });
});
