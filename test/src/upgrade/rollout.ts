import { setTimeout as pause } from 'node:timers/promises';
import { type Service, services } from '@okienko/contracts/event';
import { recovered, type Replica, type System } from '../chaos/system/system';
import type { Build } from './builds';
import type { Front, Fronts } from './front';

/** Between the news that a replica is going and its SIGTERM: the `preStop` of a pod, shortened. */
const notice = 1_000;
/** Seconds after which a replica is killed that was told to end. */
const patience = 30;

/** It goes as a pod does: first the front hears of it, then it gets its SIGTERM. Says how many seconds it took to end. */
export async function dismiss({ supervisor }: System, front: Front, replica: Replica): Promise<number> {
  front.retire(replica);
  await pause(notice);
  const began = Date.now();
  await supervisor.stop(replica.name);
  return (Date.now() - began) / 1000;
}

/** Whether it had to be killed since it did not end by itself. */
export const wasKilled = (drain: number): boolean => drain > patience - 5;

/** The careless way: no word to the front, no time to finish. */
export async function killUnderClients({ supervisor }: System, replica: Replica): Promise<void> {
  process.kill(supervisor.pid(replica.name) as number, 'SIGKILL');
  await pause(500);
  await recovered(replica);
  await pause(500);
}

/** Which version of each service runs, and how it is changed: one replica after the other, while the other serves. */
export class Rollout {
  readonly drains: number[] = [];
  readonly starts: number[] = [];
  /** Replicas that had to be killed since they did not end by themselves. */
  killed = 0;
  rollings = 0;
  /** Of which version the replica is that is being stopped. */
  stopping: Build | undefined;
  private readonly running: Record<Service, Build>;

  constructor(
    private readonly system: System,
    private readonly fronts: Fronts,
    first: Build,
    private readonly say: (line: string) => void,
  ) {
    this.running = { catalogue: first, cases: first, providers: first, notifications: first };
  }

  /** First the schema, where this version wants more of it; then the replicas. On the way back the schema stays. */
  async roll(service: Service, build: Build, back = false): Promise<void> {
    const before = this.running[service];
    const others = services.filter((other) => other !== service).map((other) => `${other} ${this.running[other].name}`);
    this.say(`${service.padEnd(13)} ${before.name} → ${build.name.padEnd(4)} beside ${others.join(', ')}`);
    if (!back) await this.system.migrate(service, build.mainOf);
    for (const replica of this.replicasOf(service)) await this.replace(replica, build);
    this.running[service] = build;
    this.rollings += 1;
  }

  async kill(service: Service): Promise<void> {
    for (const replica of this.replicasOf(service)) {
      this.say(`${replica.name} is killed under its clients`);
      await killUnderClients(this.system, replica);
    }
  }

  private replicasOf(service: Service): Replica[] {
    return this.system.replicas.filter((replica) => replica.service === service);
  }

  private async replace(replica: Replica, build: Build): Promise<void> {
    const front = this.fronts[replica.service];
    this.stopping = this.running[replica.service];
    const drain = await dismiss(this.system, front, replica);
    this.stopping = undefined;
    this.drains.push(drain);
    if (wasKilled(drain)) this.killed += 1;
    const began = Date.now();
    await this.system.launch(replica, build.mainOf);
    this.starts.push((Date.now() - began) / 1000);
    front.admit(replica);
    await pause(500);
  }
}
