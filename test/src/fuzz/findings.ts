/** What may go wrong, as the last line of the run names it. */
export const kinds = [
  'serverErrors',
  'undocumentedStatuses',
  'leaks',
  'stateChangesOnRefusal',
  'wrongAnswers',
  'tokensAccepted',
  'crossAccessLeaks',
  'ssrfPassed',
  'messagesStuck',
  'crashes',
] as const;
export type Kind = (typeof kinds)[number];

const shown = 60;

/** Counts what was found, and keeps the first example of each. */
export class Findings {
  readonly counts = Object.fromEntries(kinds.map((kind) => [kind, 0])) as Record<Kind, number>;
  private readonly examples = new Map<string, string>();

  /** `where` tells findings of one cause from another. */
  note(kind: Kind, where: string, example: string): void {
    this.counts[kind] += 1;
    const cause = `${kind}: ${where}`;
    if (!this.examples.has(cause)) this.examples.set(cause, example.slice(0, 600));
  }

  get lines(): string[] {
    return [...this.examples].slice(0, shown).map(([cause, example]) => `✗ ${cause}\n    ${example}`);
  }
}
