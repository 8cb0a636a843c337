/** What clients met with that they did not want. */
export class Troubles {
  readonly failed: { readonly status: number; readonly what: string }[] = [];
  /** Answers that say when to come again, which is no failure. */
  toldToRetry = 0;
  excused = 0;

  constructor(
    private readonly clock: () => string,
    /** Whether this status, 0 for none, is not to be counted. */
    private readonly excuses: (status: number) => boolean = () => false,
  ) {}

  /** For an `Api`. */
  readonly hear = (call: string, response: Response | undefined, reason?: unknown): void =>
    this.note(call, response?.status ?? 0, response?.headers.has('retry-after') === true, reason);

  note(call: string, status: number, retryAfter: boolean, reason?: unknown): void {
    if (status === 503 && retryAfter) this.toldToRetry += 1;
    else if (this.excuses(status)) this.excused += 1;
    else if (status === 0 || status >= 500)
      this.failed.push({
        status,
        what: `${this.clock()} ${call}: ${status || String((reason as Error).message || reason)}`,
      });
  }
}
