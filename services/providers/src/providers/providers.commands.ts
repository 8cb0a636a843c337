import type { Changed } from '@okienko/chassis/http';
import { isUniqueViolation } from '@okienko/messaging/transaction';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { AlreadyRegistered, Provider, type ProviderDetails } from './provider';

@Injectable()
export class ProviderCommands {
  constructor(private readonly work: UnitOfWork) {}

  async register(details: ProviderDetails): Promise<Changed> {
    try {
      return await this.work.run(async ({ save }) => {
        const provider = Provider.register(uuidv7(), details);
        await save(provider, provider.registered());
        return { id: provider.id, version: provider.version };
      });
    } catch (error) {
      // The unique constraint decides between two registrations at once; no look beforehand could.
      const taken = (['nip', 'regon', 'krs'] as const).find((name) => isUniqueViolation(error, `provider_${name}_key`));
      throw taken ? new AlreadyRegistered(taken.toUpperCase()) : error;
    }
  }
}
