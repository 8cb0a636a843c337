import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { PersonalData } from '../access/personal-data';
import type { HoldView } from './legal-holds.dto';
import { RegisterQueries } from './register.queries';

@Injectable()
export class LegalHoldQueries extends RegisterQueries<HoldView> {
  protected readonly entry = 'legal hold';
  protected readonly select = `
    select id, version, unit, person_id as "personId", kind, placed_by as "placedBy", placed_on as "placedOn",
           ended_by as "endedBy", ended_on as "endedOn", reason_code as "reasonCode"
    from legal_hold`;

  constructor(dataSource: DataSource, personalData: PersonalData) {
    super(dataSource, personalData);
  }
}
