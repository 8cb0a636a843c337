import type { Page, PageQuery } from '@okienko/chassis/page';
import { has } from '@okienko/chassis/access';
import { NotFound } from '@okienko/contracts/domain-error';
import { inTransaction, type Transaction } from '@okienko/messaging/transaction';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Access, PersonalData } from '../access/personal-data';
import { actsFor, isProviderAccount } from '../provider-account';
import { pageOfRows } from '../rows.queries';
import { equal } from '../where';
import type { ListProviderActs, ProviderActView, StaffMemberView } from './staff-members.dto';

const selectMembers = 'select id, version, account, name, active from provider_staff';
const selectActs = 'select id, act, subject_id as "subjectId", at, account from provider_act';

@Injectable()
export class StaffMemberQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly personalData: PersonalData,
  ) {}

  list(providerId: string, page: PageQuery, access: Access): Promise<Page<StaffMemberView>> {
    return this.ofProvider(providerId, access, async (transaction) => {
      const of = [equal('provider_id', providerId)];
      const { items, ...next } = await pageOfRows<Sealed<StaffMemberView>>(transaction, selectMembers, of, page);
      return { items: await this.opened(transaction, items, access), ...next };
    });
  }

  /** What was done in the name of the provider, and by whom. */
  acts(providerId: string, { subjectId, ...page }: ListProviderActs, access: Access): Promise<Page<ProviderActView>> {
    return this.ofProvider(providerId, access, async (transaction) => {
      const of = [equal('provider_id', providerId), equal('subject_id', subjectId)];
      const { items, ...next } = await pageOfRows<Act>(transaction, selectActs, of, page);
      const names = mayKnowNames(access) ? await this.namesOf(transaction, providerId, items, access) : new Map();
      const told = items.map(({ at, ...act }) => ({
        ...act,
        at: at.toISOString(),
        name: (names.get(act.account) as string | undefined) ?? null,
      }));
      return { items: told, ...next };
    });
  }

  private async namesOf(
    transaction: Transaction,
    providerId: string,
    acts: readonly Act[],
    access: Access,
  ): Promise<Map<string, string>> {
    const accounts = [...new Set(acts.map(({ account }) => account))];
    const sealed = await transaction.query<Sealed<StaffMemberView>>(
      `${selectMembers} where provider_id = $1 and account = any($2)`,
      [providerId, accounts],
    );
    const named = await this.opened(transaction, sealed, access);
    return new Map(named.map(({ account, name }) => [account, name]));
  }

  /** Each look at a name is logged. */
  private async opened(
    transaction: Transaction,
    sealed: readonly Sealed<StaffMemberView>[],
    access: Access,
  ): Promise<StaffMemberView[]> {
    const open: StaffMemberView[] = [];
    for (const { name, ...member } of sealed) {
      const row = await this.personalData.row(transaction, 'provider_staff', member.id);
      open.push({ ...member, name: row.open('name', name) });
    }
    const looked = open.map(({ id }) => id);
    await this.personalData.record(transaction, 'READ', access, ['IDENTITY'], looked);
    return open;
  }

  private ofProvider<T>(providerId: string, { caller }: Access, act: (transaction: Transaction) => Promise<T>) {
    if (!actsFor(caller, providerId)) throw new NotFound('provider');
    return inTransaction(this.dataSource, async (transaction) => {
      const [provider] = await transaction.query('select 1 from provider where id = $1', [providerId]);
      if (!provider) throw new NotFound('provider');
      return act(transaction);
    });
  }
}

type Sealed<View extends { name: string }> = Omit<View, 'name'> & { readonly name: Buffer };
type Act = Omit<ProviderActView, 'name' | 'at'> & { readonly at: Date };

/** The provider itself, and those at the centre who work with it. */
const mayKnowNames = ({ caller }: Access): boolean =>
  isProviderAccount(caller) || has(caller, 'coordinator', 'services-organiser', 'director');
