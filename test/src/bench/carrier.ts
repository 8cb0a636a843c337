/** A system that carries the job: a command's transaction here, and its effect in the database, once, there. */
export interface Carrier {
  readonly name: string;
  /** Begins with nothing waiting. `handled` is called with the application's id after its effect is stored. */
  start(handled: (applicationId: string) => void): Promise<Running>;
}

export interface Running {
  /** Stores a new application and what is to be told of it in one transaction; resolves, after the commit, to its id. */
  command(): Promise<string>;
  stop(): Promise<void>;
}
