import type { MigrationInterface, QueryRunner } from 'typeorm';

const unit = `check (unit in ('HOUR', 'RIDE', 'DAY', 'PLACE', 'VISIT', 'ITEM', 'FLAT_SUM'))`;

const statements = [
  `create table agreement (
     id uuid primary key,
     version int not null,
     number text,
     provider_id uuid not null references provider,
     selection_mode text not null check (selection_mode in ('OWN_UNIT', 'GMINA_OFFICE', 'GMINA_UNIT',
       'NGO_OPEN_COMPETITION', 'NGO_SMALL_GRANT', 'PROCUREMENT', 'MEDICAL_ENTITY')),
     state text not null check (state in ('PLANNED', 'PROCURING', 'SIGNED', 'ACTIVE', 'SUSPENDED', 'ENDED', 'SETTLED',
       'CANCELLED')),
     first_day date not null,
     last_day date not null,
     ceiling_grosze bigint check (ceiling_grosze >= 0),
     answer_days int check (answer_days >= 0),
     no_show_permille int not null default 0 check (no_show_permille between 0 and 1000),
     funding jsonb not null default '[]',
     subject text not null default '',
     selection jsonb not null default '{}',
     conditions jsonb not null default '{}',
     reports jsonb not null default '[]',
     amendments jsonb not null default '[]',
     warnings jsonb not null default '[]',
     signed_on date,
     suspended_from date,
     end_reason text,
     gmina text,
     settled_until date,
     watched_on date,
     constraint agreement_period_in_order check (first_day <= last_day + 1)
   )`,
  'create index agreement_of_provider on agreement (provider_id, id)',
  'create index agreement_in_state on agreement (state, id)',
  `create index agreement_watched on agreement (watched_on, id) where state in ('SIGNED', 'ACTIVE', 'SUSPENDED', 'ENDED')`,
  `create table agreement_service (
     agreement_id uuid not null references agreement,
     offer_id uuid not null,
     unit text not null ${unit},
     ceiling_quantity int check (ceiling_quantity >= 0),
     first_day date,
     primary key (agreement_id, offer_id)
   )`,
  'create index agreement_service_of_offer on agreement_service (offer_id, agreement_id)',
  `create table agreement_price (
     agreement_id uuid not null references agreement,
     offer_id uuid not null,
     unit text not null ${unit},
     price_grosze bigint not null check (price_grosze >= 0),
     first_day date not null,
     last_day date check (last_day >= first_day),
     primary key (agreement_id, offer_id, first_day)
   )`,
  `create table agreement_draw (
     order_id uuid primary key,
     agreement_id uuid not null references agreement,
     offer_id uuid not null,
     ordered int not null check (ordered >= 0),
     ordered_grosze bigint not null check (ordered_grosze >= 0),
     delivered int not null default 0 check (delivered >= 0),
     delivered_grosze bigint not null default 0 check (delivered_grosze >= 0),
     given_back boolean not null default false,
     constraint delivered_within_ordered check (delivered <= ordered and delivered_grosze <= ordered_grosze)
   )`,
  'create index agreement_draw_of_service on agreement_draw (agreement_id, offer_id)',
];

/** With whom the gmina has agreed on services, at what price and up to what ceiling. */
export class Agreements1795600200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of statements) await runner.query(sql);
  }

  async down(): Promise<void> {
    throw new Error('What was agreed and drawn has no place before this migration.');
  }
}
