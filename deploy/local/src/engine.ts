import type { Supervisor } from './supervise';

/** A running PostgreSQL or NATS: started here, or found at an address of the environment. */
export interface Engine {
  readonly name: string;
  readonly url: string;
  readonly version: string;
  readonly pid?: number;
  /** A sentence: where the engine came from. */
  readonly source: string;
  stop(): Promise<void>;
}

export interface EngineOptions {
  readonly home: string;
  readonly port: number;
  readonly supervisor: Supervisor;
  readonly say: (sentence: string) => void;
}

export async function nothingToStop(): Promise<void> {}
