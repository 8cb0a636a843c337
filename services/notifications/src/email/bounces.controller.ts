import { Controller, Post } from '@nestjs/common';
import { Allow } from '@okienko/chassis/access';
import { Acts } from '@okienko/chassis/http';
import { RawBody, TakesRaw } from '../channels/raw-bodies.hook';
import { BounceCommands } from './bounces.commands';
import type { BounceTaken } from './bounces.dto';

const mostBytes = 256 * 1024;

/** What comes to the bounce address, as the mail server or whoever empties the mailbox hands it over. */
@Controller('bounces')
export class BounceController {
  constructor(private readonly bounces: BounceCommands) {}

  @Post()
  @Acts()
  @TakesRaw(mostBytes)
  @Allow('operator')
  take(@RawBody() raw: Buffer): Promise<BounceTaken> {
    return this.bounces.take(raw);
  }
}
