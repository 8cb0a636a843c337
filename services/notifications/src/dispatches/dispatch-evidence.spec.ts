import { brokenAt, chained } from './dispatch-evidence';

describe('a chained log', () => {
  const log = chained([{ from: 1, to: 3 }, { sequence: 1 }, { sequence: 2 }, { sequence: 3 }]);
  const lines = log.split('\n').slice(0, -1);
  const text = (changed: readonly string[]) => changed.map((line) => `${line}\n`).join('');

  it('holds as it was made', () => {
    expect(brokenAt(log)).toBeUndefined();
  });

  it('shows which line was edited', () => {
    const edited = (at: number) => text(lines.with(at, (lines[at] ?? '').replace('"sequence":', '"sequence":9')));
    expect(brokenAt(edited(1))).toBe(2);
    expect(brokenAt(edited(2))).toBe(3);
    // For the last one there is the signature.
    expect(brokenAt(edited(3))).toBeUndefined();
  });

  it('shows where a line was left out or put in', () => {
    expect(brokenAt(text(lines.toSpliced(1, 1)))).toBe(1);
    expect(brokenAt(text(lines.toSpliced(2, 0, lines[1] ?? '')))).toBe(2);
  });
});
