import { setTimeout as pause } from 'node:timers/promises';
import { type Service, services } from '@okienko/contracts/event';
import { recovered, type Replica, type System } from '../chaos/system/system';
import type { Build } from './builds';
import type { Front } from './front';

/** Between the news that a replica is going and its SIGTERM: the `preStop` of a pod, shortened. */
const notice = 1_000;

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
    private readonly fronts: Readonly<Record<Service, Front>>,
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

  /** The careless way: no word to the front, no time to finish. */
  async kill(service: Service): Promise<void> {
    for (const replica of this.replicasOf(service)) {
      this.say(`${replica.name} is killed under its clients`);
      process.kill(this.system.supervisor.pid(replica.name) as number, 'SIGKILL');
      await pause(500);
      await recovered(replica);
      await pause(500);
    }
  }

  private replicasOf(service: Service): Replica[] {
    return this.system.replicas.filter((replica) => replica.service === service);
  }

  private async replace(replica: Replica, build: Build): Promise<void> {
    const { supervisor } = this.system;
    const front = this.fronts[replica.service];
    this.stopping = this.running[replica.service];
    front.retire(replica);
    await pause(notice);
    let began = Date.now();
    await supervisor.stop(replica.name);
    const drain = (Date.now() - began) / 1000;
    this.stopping = undefined;
    this.drains.push(drain);
    if (drain > 25) this.killed += 1;
    began = Date.now();
    await this.system.launch(replica, build.mainOf);
    this.starts.push((Date.now() - began) / 1000);
    front.restore(replica);
    await pause(500);
  }
}
