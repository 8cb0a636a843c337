import { atLeast, compareVersions, versionIn } from './version';

describe('versions', () => {
  it.each([
    ['postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)', [15, 18]],
    ['nats-server: v2.15.1', [2, 15, 1]],
    ['postgres (PostgreSQL) 17beta2', [17]],
  ])('are found in %j', (text, version) => {
    expect(versionIn(text)).toEqual(version);
  });

  it('are not found where there are none', () => {
    expect(versionIn('command not found')).toBeUndefined();
  });

  it('are compared by number, not by letter', () => {
    expect(compareVersions([2, 9, 25], [2, 10])).toBeLessThan(0);
    expect(compareVersions([2, 10], [2, 10, 0])).toBe(0);
    expect(atLeast([2, 10], [2, 9, 25])).toBe(true);
    expect(atLeast([2, 9, 25], [2, 10])).toBe(false);
  });
});
