/** As the privacy library keeps it. */
export interface Erasure {
  readonly personId: string;
  readonly erasedAt: Date;
  readonly basis: string;
}

/** One person of the log a line, as `node dist/erasures.js --export` writes it. */
export const lineOf = ({ personId, erasedAt, basis }: Erasure): string =>
  `${JSON.stringify({ personId, erasedAt: erasedAt.toISOString(), basis })}\n`;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Throws on what is not a line of the log, and says which: a log that was cut off would leave people readable. */
export function erasuresIn(text: string): Erasure[] {
  return text
    .split('\n')
    .map((line, at) => ({ line: line.trim(), number: at + 1 }))
    .filter(({ line }) => line !== '')
    .map(({ line, number }) => {
      const { personId, erasedAt, basis } = parsed(line);
      const at = new Date(String(erasedAt));
      if (
        typeof personId !== 'string' ||
        !uuid.test(personId) ||
        Number.isNaN(at.getTime()) ||
        typeof basis !== 'string'
      )
        throw new Error(`line ${number} is not a line of the erasure log`);
      return { personId, erasedAt: at, basis };
    });
}

function parsed(line: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(line)) as Record<string, unknown>;
  } catch {
    return {};
  }
}

export const wholeLog = `select person_id as "personId", erased_at as "erasedAt", basis from erasure order by erased_at, person_id`;
