import { exitCodes, Obstacle } from './obstacle';

export interface Screen {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

/** Prints one line per step, `▸ Starting PostgreSQL … 0.8 s`, and sentences between them. */
export class Steps {
  private readonly screen: Screen;
  private unfinished: string | undefined;

  constructor(screen: Screen = process.stdout) {
    this.screen = screen;
  }

  async step<Result>(title: string, work: () => Promise<Result>): Promise<Result> {
    const line = `▸ ${title} … `;
    const started = performance.now();
    const seconds = () => `${((performance.now() - started) / 1000).toFixed(1)} s`;
    this.open(line);
    try {
      const result = await work();
      this.close(line, seconds());
      return result;
    } catch (error) {
      this.close(line, `failed after ${seconds()}`);
      throw error;
    }
  }

  readonly say = (sentence: string): void => {
    this.breakLine();
    this.screen.write(`${sentence}\n`);
  };

  /** A terminal shows the step while it runs; a log gets it whole, when it is over. */
  private open(line: string): void {
    if (!this.screen.isTTY) return;
    this.breakLine();
    this.screen.write(line);
    this.unfinished = line;
  }

  private close(line: string, outcome: string): void {
    this.screen.write(this.unfinished === line ? `${outcome}\n` : `${line}${outcome}\n`);
    this.unfinished = undefined;
  }

  private breakLine(): void {
    if (this.unfinished !== undefined) this.screen.write('\n');
    this.unfinished = undefined;
  }
}

/** Runs a command's `main`: an obstacle ends it with its sentence, anything else with its stack. */
export function run(main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    console.error(error instanceof Obstacle ? `\n✗ ${error.message}` : error);
    process.exit(error instanceof Obstacle ? exitCodes[error.exit] : 1);
  });
}
