export type Severity = 'OK' | 'WARNING' | 'UNSAFE';

/** What was looked at, and what to do where it is not safe. It never holds a secret. */
export interface Finding {
  readonly about: string;
  readonly severity: Severity;
  readonly says: string;
  readonly remedy?: string;
}

export const fine = (about: string, says: string): Finding => ({ about, severity: 'OK', says });
export const warning = (about: string, says: string, remedy: string): Finding => ({
  about,
  severity: 'WARNING',
  says,
  remedy,
});
export const unsafe = (about: string, says: string, remedy: string): Finding => ({
  about,
  severity: 'UNSAFE',
  says,
  remedy,
});

/** What cannot be reached is a finding as well. */
export const unreachable = (about: string, error: unknown): Finding =>
  unsafe(
    about,
    `It cannot be asked: ${(error as Error).message}`,
    'See that it runs and that this service may reach it.',
  );

const loopback = /^(localhost|127(\.\d+){3}|\[?::1\]?)$/;
export const isLoopback = (host: string): boolean => loopback.test(host);

/** Seconds by which two clocks may differ: tokens are taken half a minute late (`nbf`, `exp`). */
const mostSkew = 5;

export function clockFinding(about: string, theirs: Date, asked: number, answered: number): Finding {
  const seconds = Math.round((theirs.getTime() - (asked + answered) / 2) / 100) / 10;
  return Math.abs(seconds) <= mostSkew
    ? fine(about, `Its clock differs by ${seconds} s.`)
    : unsafe(
        about,
        `Its clock differs by ${seconds} s.`,
        'Keep all machines on one time by NTP: terms and tokens depend on it.',
      );
}
