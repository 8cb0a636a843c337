import { EntitySchema } from 'typeorm';
import { type Deactivation, Provider, type VerificationState } from './provider';

type Columns = Pick<Provider, keyof Provider> & {
  verification: VerificationState;
  verifiedUntil: string | null;
  deactivation: Deactivation | null;
  warnedUntil: string | null;
};

export const providerMapping = new EntitySchema<Columns>({
  name: 'Provider',
  target: Provider,
  tableName: 'provider',
  columns: {
    id: { type: 'uuid', primary: true },
    version: { type: 'int' },
    kind: { type: 'text' },
    name: { type: 'jsonb' },
    nip: { type: 'text', nullable: true },
    regon: { type: 'text', nullable: true },
    krs: { type: 'text', nullable: true },
    rpwdl: { type: 'text', nullable: true },
    terc: { type: 'text', nullable: true },
    address: { type: 'text', nullable: true },
    services: { type: 'jsonb' },
    permits: { type: 'jsonb' },
    verification: { type: 'text' },
    verdict: { type: 'jsonb', nullable: true },
    verifiedUntil: { name: 'verified_until', type: 'date', nullable: true },
    deactivation: { type: 'jsonb', nullable: true },
    warnedUntil: { name: 'warned_until', type: 'date', nullable: true },
  },
});
