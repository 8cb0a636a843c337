/** Something the person at the keyboard can remove: the message is a sentence that says how. No stack is shown for it. */
export class Obstacle extends Error {
  override readonly name = 'Obstacle';
}

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
