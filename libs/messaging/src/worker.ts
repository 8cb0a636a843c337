/** Milliseconds. Longer, and everything would wait for so long after the end of every outage. */
const longest = 1_000;

/** A loop in the background: runs `tick` while there is more to do, then sleeps until woken or until the idle time is over. */
export class Worker {
  private stopped = true;
  private running: Promise<void> = Promise.resolve();
  private rouse: (() => void) | undefined;
  private halt: (() => void) | undefined;
  private awake = false;

  constructor(
    readonly name: string,
    private readonly tick: () => Promise<boolean>,
    private readonly idleMilliseconds: number | (() => number),
    private readonly onError: (error: unknown, worker: string) => void = () => undefined,
  ) {}

  start(): void {
    if (!this.stopped) return;
    this.stopped = false;
    this.running = this.loop();
  }

  /** There is something to do: cuts the sleep short, or makes the next one none. */
  wake(): void {
    this.awake = true;
    this.rouse?.();
  }

  /** Resolves when the tick at hand has ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.halt?.();
    await this.running;
  }

  private async loop(): Promise<void> {
    let failures = 0;
    while (!this.stopped) {
      let more = false;
      this.awake = false;
      try {
        more = await this.tick();
        failures = 0;
      } catch (error) {
        failures += 1;
        this.onError(error, this.name);
      }
      // Nothing but the end cuts the pause after a failure short: what fails at every commit would else be tried at every commit.
      if (failures > 0) await this.sleep(Math.min(50 * 2 ** failures, longest) * (0.5 + Math.random()), false);
      else if (!more && !this.awake) await this.sleep(this.idle(), true);
    }
  }

  private idle(): number {
    return typeof this.idleMilliseconds === 'number' ? this.idleMilliseconds : this.idleMilliseconds();
  }

  private sleep(milliseconds: number, light: boolean): Promise<void> {
    if (this.stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.rouse = this.halt = undefined;
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      this.halt = done;
      if (light) this.rouse = done;
    });
  }
}
