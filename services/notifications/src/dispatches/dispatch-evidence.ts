import { createHash } from 'node:crypto';

const nothing = '0'.repeat(64);

/** JSON lines, each of which names the SHA-256 of the line before it, so that none can be changed, left out or put in unseen. */
export function chained(entries: readonly object[]): string {
  let before = nothing;
  let text = '';
  for (const entry of entries) {
    const line = `${JSON.stringify({ ...entry, before })}\n`;
    before = sha256(line);
    text += line;
  }
  return text;
}

/** The first line, counted from 1, that is not what the line after it says; undefined where the chain holds. The last line is held by the signature alone. */
export function brokenAt(text: string): number | undefined {
  let before = nothing;
  for (const [index, line] of text.split('\n').slice(0, -1).entries()) {
    if ((JSON.parse(line) as { before: string }).before !== before) return Math.max(1, index);
    before = sha256(`${line}\n`);
  }
  return undefined;
}

const sha256 = (line: string): string => createHash('sha256').update(line).digest('hex');
