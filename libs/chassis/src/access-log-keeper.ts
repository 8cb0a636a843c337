import { Inject, Injectable } from '@nestjs/common';
import { accessLogAnchoredV1 as ofCases } from '@okienko/contracts/cases/access-log-anchored.v1';
import { accessLogAnchoredV1 as ofCatalogue } from '@okienko/contracts/catalogue/access-log-anchored.v1';
import { event, type EventContract, type Service } from '@okienko/contracts/event';
import { accessLogAnchoredV1 as ofNotifications } from '@okienko/contracts/notifications/access-log-anchored.v1';
import { accessLogAnchoredV1 as ofProviders } from '@okienko/contracts/providers/access-log-anchored.v1';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { digestOf, endsOfChains, shortenAccessLog, stateOfLog } from '@okienko/privacy/access-log-keeping';
import { DataSource, EntitySchema } from 'typeorm';
import { Background } from './background';
import { about, type About } from './platform.controllers';

/** The access log of this service as something with a history: its anchors are numbered, so that none can be taken away unseen. */
export class AccessLog {
  readonly id!: string;
  readonly version!: number;
  anchoredAt!: Date;
  digest!: string;
}

export const accessLogMapping = new EntitySchema<AccessLog>({
  name: AccessLog.name,
  target: AccessLog,
  tableName: 'access_log_anchoring',
  columns: {
    id: { type: 'uuid', primary: true },
    version: { type: 'int' },
    anchoredAt: { type: 'timestamptz', name: 'anchored_at' },
    digest: { type: 'text' },
  },
});

const contracts: Readonly<Record<Service, EventContract>> = {
  cases: ofCases,
  catalogue: ofCatalogue,
  notifications: ofNotifications,
  providers: ofProviders,
};

/** Publishes where the chains of the access log end, and removes what need not be kept any longer. Of several replicas the first does it. */
@Injectable()
export class AccessLogKeeper extends Background {
  protected readonly name = 'access-log';
  protected override readonly lookEvery = 60_000;

  constructor(
    private readonly dataSource: DataSource,
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    @Inject(about) private readonly service: About,
  ) {
    super();
  }

  protected async keep(): Promise<boolean> {
    const state = await stateOfLog(this.dataSource);
    return state?.isDue === true && (await this.anchor(state.id));
  }

  private anchor(id: string): Promise<boolean> {
    return this.work.run(async (work) => {
      const log = await work.load(AccessLog, id);
      if (!(await stateOfLog(work))?.isDue) return false;
      const mayBeMore = await shortenAccessLog(work);
      const chains = await endsOfChains(work);
      const digest = digestOf(chains);
      if (digest === log.digest) return false;
      const anchoredAt = this.clock.now();
      Object.assign(log, { anchoredAt: mayBeMore ? log.anchoredAt : anchoredAt, digest });
      const data = { anchoredAt: anchoredAt.toISOString(), digest, chains };
      await work.save(log, event(contracts[this.service.name as Service], id, data));
      return mayBeMore;
    });
  }
}
