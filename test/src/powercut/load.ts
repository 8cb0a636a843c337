/** A steady load on one engine that keeps book of what was acknowledged to it. */
export interface Load {
  readonly acknowledged: ReadonlySet<number>;
  /** Makes the place that is written to. */
  prepare(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** What the engine has, read by a fresh connection. */
  stored(): Promise<Set<number>>;
}
