import { Injectable } from '@nestjs/common';
import { DomainError } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { EvidenceCommands } from '../evidence/evidence.commands';
import { BounceAddress } from './bounce-address';
import type { BounceTaken } from './bounces.dto';
import { readDeliveryStatus } from './delivery-status';

export class UnknownBounce extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'bounce-unknown';
  constructor() {
    super(
      'No address of this mail names a message of ours with our signature. Drop it; sending it again changes nothing.',
    );
  }
}

@Injectable()
export class BounceCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly bounces: BounceAddress,
    private readonly evidence: EvidenceCommands,
  ) {}

  /** What a mail server says later of a mail that it had taken. */
  async take(raw: Buffer): Promise<BounceTaken> {
    const status = await readDeliveryStatus(raw);
    const messageId = status && this.bounces.messageIn(status.addressees);
    if (!status || !messageId) throw new UnknownBounce();
    const { outcome, code } = status;
    return this.work.run(async (work) => {
      const failure = { channel: 'EMAIL', code, at: this.clock.now() } as const;
      if (outcome === 'FAILED') await this.evidence.failedLater(work, messageId, failure);
      if (outcome === 'DELAYED') await this.evidence.delayed(work, messageId, failure);
      return { messageId, outcome };
    });
  }
}
