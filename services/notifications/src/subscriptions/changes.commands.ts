import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import type { Changed } from '@okienko/chassis/http';
import { StaleVersion } from '@okienko/contracts/domain-error';
import type { DomainEvent } from '@okienko/contracts/event';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { ApprovalCommands } from './approvals.commands';
import { type AuthenticationBody, authenticationOf } from './authentication.dto';
import type { MoveSink } from './changes.dto';
import { CredentialKeeper } from './credentials.keeper';
import { readFilters } from './filter';
import { loadOwn } from './load-own';
import { SinkConsent } from './sink-consent.asker';
import type { Subscription } from './subscription';
import type { Wanted } from './subscriptions.dto';
import { SubscriptionQueries } from './subscriptions.queries';
import type { Signature } from './webhook-secret';

type Change = (subscription: Subscription, work: Work) => DomainEvent | Promise<DomainEvent>;

/** What a partner may change of its subscription later, in the version that it knows. */
@Injectable()
export class SubscriptionChanges {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly sinks: SinkConsent,
    private readonly credentials: CredentialKeeper,
    private readonly approvals: ApprovalCommands,
    private readonly subscriptions: SubscriptionQueries,
  ) {}

  /** What waits goes to the new sink at once, if it agrees to be posted to. */
  async moveSink(id: string, version: number, { sink, handshake }: MoveSink, caller: Principal): Promise<Changed> {
    await this.assertExists(id, version, caller);
    const credential = await this.credentials.of(await this.subscriptions.wayOf(id, caller));
    const agreed = await this.sinks.of(sink, handshake, credential);
    return this.redirect(id, version, caller, (subscription) =>
      subscription.moveTo(agreed.sink, agreed.postsPerMinute),
    );
  }

  /** The sink is asked once more, since only so is known whether it takes it. */
  async authenticate(id: string, version: number, body: AuthenticationBody, caller: Principal): Promise<Changed> {
    await this.assertExists(id, version, caller);
    const { sink } = await this.subscriptions.wayOf(id, caller);
    const authentication = authenticationOf(body);
    const credential = authentication && (await this.credentials.check(authentication));
    await this.sinks.of(sink, undefined, credential);
    return this.redirect(id, version, caller, async (subscription, work) =>
      subscription.authenticateBy(authentication && (await this.credentials.seal(work, id, authentication))),
    );
  }

  /** A version that never was asks nobody's server. An older one may be that of a repeated request, and is judged under the lock. */
  private async assertExists(id: string, version: number, caller: Principal): Promise<void> {
    const known = await this.subscriptions.get(id, caller);
    if (version > known.version) throw new StaleVersion(version, known.version);
  }

  /** From the next number on; what is not said stays as it is. */
  want(id: string, version: number, { types, filters }: Wanted, caller: Principal): Promise<Changed> {
    const read = filters && readFilters(filters);
    return this.change(id, version, caller, (subscription) =>
      subscription.want(types ?? subscription.types, read ?? subscription.filters),
    );
  }

  signBy(id: string, version: number, signature: Signature, caller: Principal): Promise<Changed> {
    return this.change(id, version, caller, (subscription) => subscription.signBy(signature));
  }

  alert(id: string, version: number, email: string | undefined, caller: Principal): Promise<Changed> {
    return this.change(id, version, caller, (subscription) => subscription.alert(email ?? null));
  }

  /** Of where it is posted to, or as whom: what is known of the sink before is known no more, and a grant may ask for a new approval. */
  private redirect(id: string, version: number, caller: Principal, act: Change): Promise<Changed> {
    return this.work.run(async (work) => {
      const needsApproval = await this.approvals.isNeeded(work, caller.partnerId ?? '');
      const subscription = await loadOwn(work, id, caller.partnerId, version);
      await work.save(subscription, await act(subscription, work));
      if (needsApproval) await this.approvals.ask(work, subscription);
      const now = this.clock.now();
      work.send(
        'update subscription set failures = 0, broken_since = null, probe_at = null, gave_up_at = null where id = $1',
        [id],
      );
      work.send(
        `update dispatch set next_attempt_at = $2 where subscription_id = $1 and state = 'PENDING' and next_attempt_at > $2`,
        [id, now],
      );
      return { id, version: subscription.version };
    });
  }

  private change(id: string, version: number, caller: Principal, act: Change): Promise<Changed> {
    return this.work.run(async (work) => {
      const subscription = await loadOwn(work, id, caller.partnerId, version);
      await work.save(subscription, await act(subscription, work));
      return { id, version: subscription.version };
    });
  }
}
