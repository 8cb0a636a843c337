import type { Role } from '@okienko/chassis/access';

/** An account of the development issuer. Its id is the `sub` of its tokens. */
export interface ClientAccount {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly unit?: string;
  readonly providerId?: string;
  readonly partnerId?: string;
}

const north = 'cus-polnoc';

/** One account per role; two coordinators of one unit, since nobody approves a plan they drafted; three providers, whom the seed
 * data names. */
export const defaultClients: readonly ClientAccount[] = [
  { id: 'desk-anna', name: 'Anna Lis', roles: ['desk'], unit: north },
  { id: 'coordinator-ewa', name: 'Ewa Sroka', roles: ['coordinator'], unit: north },
  { id: 'coordinator-piotr', name: 'Piotr Dudek', roles: ['coordinator'], unit: north },
  { id: 'services-organiser-maria', name: 'Maria Kos', roles: ['services-organiser'], unit: north },
  { id: 'community-organiser-jan', name: 'Jan Wilga', roles: ['community-organiser'], unit: north },
  { id: 'director-zofia', name: 'Zofia Czapla', roles: ['director'] },
  { id: 'finance-adam', name: 'Adam Zięba', roles: ['finance'] },
  { id: 'provider-ecus', name: 'Elbląskie Centrum Usług Społecznych', roles: ['provider'] },
  { id: 'provider-elblog', name: 'Stowarzyszenie Elblog.pl', roles: ['provider'] },
  { id: 'provider-razem', name: 'Spółdzielnia Razem (zmyślona)', roles: ['provider'] },
  { id: 'partner-powiat', name: 'System powiatu (przykładowy partner)', roles: ['partner'], partnerId: 'powiat' },
  { id: 'auditor-halina', name: 'Halina Gil', roles: ['auditor'] },
  { id: 'operator-tomasz', name: 'Tomasz Kruk', roles: ['operator'] },
];
