type Closer = () => Promise<unknown> | void;

/** Things to end, in the reverse order of their beginning; once only, however often somebody presses Ctrl-C. */
export class Closing {
  private readonly closers: Closer[] = [];
  private ending: Promise<void> | undefined;

  add(closer: Closer): void {
    this.closers.unshift(closer);
  }

  get begun(): boolean {
    return this.ending !== undefined;
  }

  end(): Promise<void> {
    this.ending ??= this.endAll();
    return this.ending;
  }

  /** Ends everything on Ctrl-C, on SIGTERM, when the terminal closes, and when `run.mjs` has died. */
  onInterruption(say: (sentence: string) => void): Promise<void> {
    return new Promise((over) => {
      const interrupted = () => {
        if (this.begun) return;
        say('\nStopping …');
        void this.end().then(over);
      };
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupted);
      process.on('disconnect', interrupted);
      // A closed terminal or pipe must not keep the children from being stopped.
      for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
    });
  }

  private async endAll(): Promise<void> {
    for (const closer of this.closers) {
      try {
        await closer();
      } catch (error) {
        console.error(error);
      }
    }
  }
}
