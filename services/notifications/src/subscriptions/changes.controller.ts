import { Body, Controller, Post } from '@nestjs/common';
import { Allow, Caller, type Principal } from '@okienko/chassis/access';
import { Acts, type Changed, Id, IfMatch } from '@okienko/chassis/http';
import { ApprovalCommands } from './approvals.commands';
import { AuthenticationBody } from './authentication.dto';
import { SubscriptionChanges } from './changes.commands';
import { ChangeAlertEmail, ChangeSignature, DecideOnSubscription, MoveSink } from './changes.dto';
import { type CreatedSubscription, Wanted } from './subscriptions.dto';
import { SubscriptionQueries } from './subscriptions.queries';
import { WebhookSecrets } from './webhook-secret';

@Controller('subscriptions/:id')
export class SubscriptionChangeController {
  constructor(
    private readonly changes: SubscriptionChanges,
    private readonly approvals: ApprovalCommands,
    private readonly queries: SubscriptionQueries,
    private readonly secrets: WebhookSecrets,
  ) {}

  /** Posts to another place from now on, what waits included. It is asked first, as at the beginning. */
  @Post('sink')
  @Acts()
  @Allow('partner')
  moveSink(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: MoveSink,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.changes.moveSink(id, version, body, caller);
  }

  /** Shows the sink otherwise who the centre is, from now on. */
  @Post('authentication')
  @Acts()
  @Allow('partner')
  authenticate(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() body: AuthenticationBody,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.changes.authenticate(id, version, body, caller);
  }

  /** Asks for other events, from the next number on. A list that is sent replaces the one before, an absent one stays as it is. */
  @Post('filters')
  @Acts()
  @Allow('partner')
  want(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() wanted: Wanted,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.changes.want(id, version, wanted, caller);
  }

  /** Answers what checks the signatures from now on. */
  @Post('signature')
  @Acts()
  @Allow('partner')
  async signBy(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { signature }: ChangeSignature,
    @Caller() caller: Principal,
  ): Promise<CreatedSubscription> {
    const changed = await this.changes.signBy(id, version, signature, caller);
    const way = await this.queries.wayOf(id, caller);
    return { ...changed, ...this.secrets.checkedBy(way.signature, id, way.secretVersion) };
  }

  @Post('alert-email')
  @Acts()
  @Allow('partner')
  alert(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { alertEmail }: ChangeAlertEmail,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.changes.alert(id, version, alertEmail, caller);
  }

  /** Lets it begin, or go on, where a grant asks for it: it gets what has come since it was asked for. */
  @Post('approval')
  @Acts()
  @Allow('director', 'operator')
  approve(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { reason }: DecideOnSubscription,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.approvals.approve(id, version, reason, caller);
  }

  /** Nothing is numbered or sent; its partner sees why, and may change sink or authentication, which asks again. */
  @Post('refusal')
  @Acts()
  @Allow('director', 'operator')
  refuse(
    @Id() id: string,
    @IfMatch() version: number,
    @Body() { reason }: DecideOnSubscription,
    @Caller() caller: Principal,
  ): Promise<Changed> {
    return this.approvals.refuse(id, version, reason, caller);
  }
}
