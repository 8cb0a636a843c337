import { type Attacker, inParallel } from '../attacker';
import type { Chance } from '../chance';
import { differing, digest, digestStatement } from './digest';
import { Draw, type Drawn } from './draw';
import type { Findings } from './findings';

const atOnce = 240;
/** Of one lot; where every request is guilty, the rest of them would tell no more. */
const guiltyAtMost = 6;

export interface Sent {
  readonly inputs: number;
  /** Bytes more that the service holds than after the first tenth. */
  readonly growth: number;
}

/** Sends so many inputs to every route there is, by turns such as must be refused and such as may be anything. */
export class Requests {
  private statement = '';

  constructor(
    private readonly attacker: Attacker,
    private readonly chance: Chance,
    private readonly findings: Findings,
    private readonly heap: () => Promise<number>,
  ) {}

  async send(wanted: number, progress: (inputs: number) => void): Promise<Sent> {
    this.statement = await digestStatement(this.attacker.target);
    const draw = new Draw(this.attacker, this.chance);
    let settled: number | undefined;
    let inputs = 0;
    for (let turn = 0; inputs < wanted; turn += 1) {
      const count = Math.min(atOnce, wanted - inputs);
      const drawn = turn % 2 === 0 ? await draw.refused(count) : draw.any(count);
      const refused = turn % 2 === 0 ? drawn : await this.refusedOf(drawn);
      // What was refused is sent again, with nothing between that might be done.
      await this.changeNothing(refused);
      inputs += count;
      // Things come to their ends, and then little more can be done with them.
      if (turn % 40 === 39) await this.attacker.renew();
      if (settled === undefined && inputs >= wanted / 10) settled = await this.heap();
      progress(inputs);
    }
    return { inputs, growth: (await this.heap()) - (settled ?? 0) };
  }

  private async refusedOf(drawn: readonly Drawn[]): Promise<Drawn[]> {
    const refused: Drawn[] = [];
    await inParallel(drawn, async (one) => {
      if ((await this.one(one)) >= 400) refused.push(one);
    });
    return refused;
  }

  private async one({ route, fault, request, refused }: Drawn): Promise<number> {
    const where = `${route.method} ${route.path}`;
    try {
      const answer = await this.attacker.send(route, request);
      // Some other input may have changed the thing since its version was noted.
      const expected = refused && [...refused, 412];
      for (const { kind, reason } of this.attacker.faultsIn(route, answer, expected))
        this.findings.note(
          kind,
          `${where}, ${reason.replaceAll(/[0-9a-f-]{32,36}/g, '…').slice(0, 90)}`,
          `${fault}: ${reason}`,
        );
      return answer.status;
    } catch (error) {
      this.findings.note('crashes', where, `${fault}: ${String((error as Error).cause ?? error)}`);
      return 0;
    }
  }

  private async changeNothing(drawn: readonly Drawn[]): Promise<void> {
    const changed = await this.changedBy(drawn);
    if (changed.length === 0) return;
    // Perhaps it was the background; what a request does it does again.
    const guilty: Drawn[] = [];
    await this.findGuilty(drawn, guilty);
    for (const { route, fault } of guilty)
      this.findings.note('stateChangesOnRefusal', `${route.method} ${route.path}, ${changed.join(', ')}`, fault);
  }

  /** The tables that differ after requests all of which were refused. */
  private async changedBy(drawn: readonly Drawn[]): Promise<string[]> {
    const { target } = this.attacker;
    const before = await digest(target, this.statement);
    let done = 0;
    await inParallel(drawn, async (one) => {
      const status = await this.one(one);
      if (status < 400) done += 1;
    });
    return done > 0 ? [] : differing(before, await digest(target, this.statement));
  }

  private async findGuilty(drawn: readonly Drawn[], guilty: Drawn[]): Promise<void> {
    if (drawn.length === 0 || guilty.length >= guiltyAtMost || (await this.changedBy(drawn)).length === 0) return;
    if (drawn.length === 1) {
      if ((await this.changedBy(drawn)).length > 0) guilty.push(...drawn);
      return;
    }
    const half = Math.ceil(drawn.length / 2);
    await this.findGuilty(drawn.slice(0, half), guilty);
    await this.findGuilty(drawn.slice(half), guilty);
  }
}
