/** How a command ends (`okienko help` tells them). */
export const exitCodes = { finding: 1, usage: 2, unreachable: 3, elsewhere: 4 } as const;

/** Something the person at the keyboard can remove: the message is a sentence that says how. No stack is shown for it. */
export class Obstacle extends Error {
  override readonly name = 'Obstacle';
  constructor(
    message: string,
    readonly exit: keyof typeof exitCodes = 'finding',
  ) {
    super(message);
  }
}

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
