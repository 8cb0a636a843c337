import type { Changed } from '@okienko/chassis/http';
import { IsCode, IsDayString, IsTerc } from '@okienko/chassis/validation';
import { IsIn, IsOptional } from 'class-validator';
import { type DeathSource, deathSources } from './person';

export class RecordDeath {
  @IsDayString()
  diedOn!: string;

  /** Where the centre knows it from. */
  @IsIn(deathSources)
  source!: DeathSource;
}

export class RecordDeparture {
  /** Last day in the gmina. */
  @IsDayString()
  leftOn!: string;

  /** TERC of the gmina of the new residence; left out while nobody knows it. */
  @IsOptional()
  @IsTerc()
  toTerc?: string;
}

export class CorrectRecord {
  /** Why the record was wrong, as a code: ANOTHER_PERSON, for example. */
  @IsCode()
  reasonCode!: string;
}

export class EndedApplication {
  id!: string;
  /** Items that were discontinued. */
  itemIds!: string[];
}

export class EndedMatters {
  applications!: EndedApplication[];
  plans!: string[];
  /** Fees that were ended. A correction leaves them so: a service that is granted again has a fee of its own. */
  fees?: string[];
  /** Participations in projects; by death alone. */
  participations?: string[];
}

export class PersonEnding implements Changed {
  id!: string;
  version!: number;
  /** What came to an end with it. A correction brings nothing of it back; what is wanted again is filed again. */
  ended!: EndedMatters;
}
