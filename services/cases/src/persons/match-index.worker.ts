import { Injectable } from '@nestjs/common';
import { Background } from '@okienko/chassis/background';
import { first, MatchIndexCommands } from './match-index.commands';

/** Completes the index of names at every start, batch by batch from wherever it was left. Replicas share the work. */
@Injectable()
export class MatchIndex extends Background {
  protected readonly name = 'match-index';
  protected override readonly lookEvery = 24 * 60 * 60 * 1000;
  private last: string | undefined = first;

  constructor(private readonly commands: MatchIndexCommands) {
    super();
  }

  protected async keep(): Promise<boolean> {
    const { last } = this;
    if (last === undefined) return false;
    this.last = await this.commands.complete(last);
    return this.last !== undefined;
  }
}
