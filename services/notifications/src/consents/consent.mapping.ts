import { EntitySchema } from 'typeorm';
import { Consent, type ConsentChannel } from './consent';

interface ConsentRow {
  id: string;
  version: number;
  personId: string;
  topic: string;
  channel: ConsentChannel;
  givenAt: Date;
  givenBy: string;
  endedAt: Date | null;
  endedBy: string | null;
}

export const consentMapping = new EntitySchema<ConsentRow>({
  target: Consent,
  name: 'Consent',
  tableName: 'consent',
  columns: {
    id: { type: 'uuid', primary: true },
    version: { type: 'int' },
    personId: { name: 'person_id', type: 'uuid' },
    topic: { type: 'text' },
    channel: { type: 'text' },
    givenAt: { name: 'given_at', type: 'timestamptz' },
    givenBy: { name: 'given_by', type: 'text' },
    endedAt: { name: 'ended_at', type: 'timestamptz', nullable: true },
    endedBy: { name: 'ended_by', type: 'text', nullable: true },
  },
});
