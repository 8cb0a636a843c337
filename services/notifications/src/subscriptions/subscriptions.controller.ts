import { Body, Controller, Delete, Get, Post, Query } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Creates, Id } from '@okienko/chassis/http';
import type { Page } from '@okienko/chassis/page';
import { NotFound } from '@okienko/contracts/domain-error';
import { SubscriptionCommands } from './subscriptions.commands';
import {
  Acknowledge,
  type CreatedSubscription,
  CreateSubscription,
  ListSubscriptions,
  type PublicKeys,
  RotateSecret,
  type SubscriptionView,
  type TriedOut,
  TryOut,
} from './subscriptions.dto';
import { SubscriptionQueries } from './subscriptions.queries';
import { WebhookSecrets } from './webhook-secret';

@Controller('subscriptions')
export class SubscriptionController {
  constructor(
    private readonly subscriptions: SubscriptionCommands,
    private readonly queries: SubscriptionQueries,
    private readonly secrets: WebhookSecrets,
  ) {}

  /** The answer kept for a repeated request holds no secret: it is derived here, each time anew and always the same. */
  @Post()
  @Creates()
  @Allow('partner')
  async create(@Body() command: CreateSubscription, @Caller() caller: Principal): Promise<CreatedSubscription> {
    const created = await this.subscriptions.create(command, caller);
    return { ...created, ...this.secrets.checkedBy(command.signature ?? 'HMAC', created.id, 1) };
  }

  @Get()
  @Allow('partner', 'operator', 'director')
  list(@Query() query: ListSubscriptions, @Caller() caller: Principal): Promise<Page<SubscriptionView>> {
    return this.queries.list(query, caller);
  }

  @Get(':id')
  @Allow('partner', 'operator', 'director')
  get(@Id() id: string, @Caller() caller: Principal): Promise<SubscriptionView> {
    return this.queries.get(id, caller);
  }

  /** A repeated request is told the secret that is current by then. */
  @Post(':id/secret-rotation')
  @Acts()
  @Allow('partner')
  async rotateSecret(
    @Id() id: string,
    @Body() { overlapHours }: RotateSecret,
    @Caller() caller: Principal,
  ): Promise<CreatedSubscription> {
    const changed = await this.subscriptions.rotateSecret(id, overlapHours ?? 24, caller);
    const { signature, secretVersion } = await this.queries.wayOf(id, caller);
    return { ...changed, ...this.secrets.checkedBy(signature, id, secretVersion) };
  }

  /** What checks the signatures of a subscription with ED25519. */
  @Get(':id/public-key')
  @Allow('partner', 'operator')
  async publicKeys(@Id() id: string, @Caller() caller: Principal): Promise<PublicKeys> {
    const { signature, secretVersion, isEarlierValid } = await this.queries.wayOf(id, caller);
    if (signature !== 'ED25519') throw new NotFound('public key');
    return {
      publicKey: this.secrets.publicKeyOf(id, secretVersion),
      earlierPublicKey: isEarlierValid ? this.secrets.publicKeyOf(id, secretVersion - 1) : null,
    };
  }

  /** How far the partner has everything; what it was told to keep is in its own hands from there. */
  @Post(':id/acknowledgement')
  @Acts()
  @Allow('partner')
  acknowledge(@Id() id: string, @Body() { acknowledged }: Acknowledge, @Caller() caller: Principal): Promise<Changed> {
    return this.subscriptions.acknowledge(id, acknowledged, caller);
  }

  @Post(':id/pause')
  @Acts()
  @Allow('partner', 'operator')
  pause(@Id() id: string, @Caller() caller: Principal): Promise<Changed> {
    return this.subscriptions.pause(id, caller);
  }

  @Post(':id/resumption')
  @Acts()
  @Allow('partner', 'operator')
  resume(@Id() id: string, @Caller() caller: Principal): Promise<Changed> {
    return this.subscriptions.resume(id, caller);
  }

  @Delete(':id')
  @Allow('partner', 'operator')
  end(@Id() id: string, @Caller() caller: Principal): Promise<Changed> {
    return this.subscriptions.end(id, caller);
  }
}

@Controller('subscription-trials')
export class SubscriptionTrialController {
  constructor(private readonly queries: SubscriptionQueries) {}

  /** Which of the latest events would have come. Changes nothing. */
  @Post()
  @Acts()
  @Allow('partner')
  tryOut(@Body() command: TryOut, @Caller() caller: Principal): Promise<TriedOut> {
    return this.queries.tryOut(command, caller);
  }
}
