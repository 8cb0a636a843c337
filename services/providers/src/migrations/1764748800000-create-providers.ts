import { messagingTables } from '@okienko/messaging/tables';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const unit = `check (unit in ('HOUR', 'RIDE', 'DAY', 'PLACE', 'VISIT', 'ITEM', 'FLAT_SUM'))`;

const tables = [
  `create table provider (
    id uuid primary key,
    version int not null,
    kind text not null check (kind in ('OWN_UNIT', 'GMINA_OFFICE', 'GMINA_UNIT', 'NGO', 'SOCIAL_COOPERATIVE', 'FIRM',
      'MEDICAL_ENTITY', 'NATURAL_PERSON')),
    name jsonb not null check (coalesce(name ->> 'pl', '') <> ''),
    nip text constraint provider_nip_key unique,
    regon text constraint provider_regon_key unique,
    krs text constraint provider_krs_key unique,
    terc text,
    address text
  )`,
  `create table service_offer (
    id uuid primary key,
    terc text not null,
    published boolean not null
  )`,
  `create table capacity (
    id uuid primary key,
    version int not null,
    provider_id uuid not null references provider,
    offer_id uuid not null,
    first_day date not null,
    last_day date not null check (last_day >= first_day),
    places int not null check (places >= 1),
    free int not null check (free between 0 and places),
    gmina text
  )`,
  'create index capacity_of_provider on capacity (provider_id, offer_id, first_day)',
  'create index capacity_of_offer on capacity (offer_id, id)',
  // The provider is as the referral named it, known to us or not.
  `create table service_order (
    id uuid primary key,
    version int not null,
    allocation_id uuid not null,
    attempt int not null,
    provider_id uuid not null,
    offer_id uuid not null,
    first_day date not null,
    last_day date not null,
    quantity int not null,
    unit text not null ${unit},
    gmina text,
    state text not null check (state in ('RECEIVED', 'ACCEPTED', 'DECLINED', 'IN_DELIVERY', 'COMPLETED')),
    constraint service_order_of_attempt unique (allocation_id, attempt)
  )`,
  'create index service_order_of_provider on service_order (provider_id, id)',
  'create index service_order_in_state on service_order (state, id)',
  `create table capacity_reservation (
    order_id uuid primary key references service_order,
    capacity_id uuid not null references capacity
  )`,
  `create table delivery (
    id uuid constraint delivery_pkey primary key,
    version int not null,
    order_id uuid not null references service_order,
    allocation_id uuid not null,
    provider_id uuid not null,
    delivered_on date not null,
    quantity int not null check (quantity >= 1),
    unit text not null ${unit},
    gmina text,
    state text not null check (state in ('RECORDED', 'ACCEPTED')),
    accepted_by text,
    check ((state = 'ACCEPTED') = (accepted_by is not null))
  )`,
  'create index delivery_of_order on delivery (order_id, id)',
  'create index delivery_of_provider on delivery (provider_id, id)',
];

export class CreateProviders1764748800000 implements MigrationInterface {
  readonly name = 'CreateProviders1764748800000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [...messagingTables(), ...tables]) await runner.query(sql);
  }

  async down(): Promise<void> {
    throw new Error('The first migration is undone by dropping the schema.');
  }
}
