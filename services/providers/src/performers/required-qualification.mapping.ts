import { EntitySchema } from 'typeorm';
import { RequiredQualification } from './required-qualification';

export const requiredQualificationMapping = new EntitySchema<
  Pick<RequiredQualification, 'id' | 'version' | 'offerId' | 'code' | 'basis' | 'from'> & { to: string | null }
>({
  name: 'RequiredQualification',
  target: RequiredQualification,
  tableName: 'required_qualification',
  columns: {
    id: { type: 'uuid', primary: true },
    version: { type: 'int' },
    offerId: { name: 'offer_id', type: 'uuid' },
    code: { type: 'text' },
    basis: { type: 'text' },
    from: { name: 'first_day', type: 'date' },
    to: { name: 'last_day', type: 'date', nullable: true },
  },
});
