/** Case and Polish diacritics folded away: how text looks to one who searches carelessly. */
export const folded = (text: string): string =>
  text.toLowerCase().replaceAll('ł', 'l').normalize('NFD').replaceAll(/\p{M}/gu, '');

/** The Base64 of a text somewhere in a longer one: without the characters that its neighbours share, for each of three places. */
function base64Within(text: string): string[] {
  const bytes = Buffer.from(text);
  return [0, 1, 2].map((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const from = before === 0 ? 0 : before + 1;
    const whole = Math.floor(((before + bytes.length) * 8) / 6);
    return encoded.slice(from, whole);
  });
}

const spellings = (value: string): string[] => [...new Set([value, value.toLowerCase(), folded(value)])];

/** Looks for marked values in a text, however they are spelt or encoded there. */
export class Tracker {
  private readonly plain: [string, string][] = [];
  private readonly encoded: [string, string][] = [];

  constructor(marked: readonly string[]) {
    for (const value of marked) {
      this.plain.push([folded(value), value]);
      for (const spelling of spellings(value)) {
        const hex = Buffer.from(spelling).toString('hex');
        this.plain.push([hex, value], [folded(encodeURIComponent(spelling)), value]);
        this.plain.push([
          folded(
            JSON.stringify(spelling)
              .replaceAll(/[^\x20-\x7e]/g, escaped)
              .slice(1, -1),
          ),
          value,
        ]);
        for (const text of base64Within(spelling))
          this.encoded.push([text, value], [text.replaceAll('+', '-').replaceAll('/', '_'), value]);
      }
    }
  }

  /** The marked values that are in the text. */
  in(text: string): string[] {
    const loose = folded(text);
    const found = [
      ...this.plain.filter(([needle]) => loose.includes(needle)),
      ...this.encoded.filter(([needle]) => text.includes(needle)),
    ];
    return [...new Set(found.map(([, value]) => value))];
  }
}

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
