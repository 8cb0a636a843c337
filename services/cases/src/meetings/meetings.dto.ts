import { PageQuery } from '@okienko/chassis/page';
import { IsDayString } from '@okienko/chassis/validation';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsOptional, IsUUID, Matches } from 'class-validator';

const account = /^[A-Za-z0-9._:-]{1,64}$/;

export class RecordMeeting {
  /** Day of the meeting. */
  @IsDayString()
  heldOn!: string;

  /** Account ids (`sub`) of the coordinators who were there. */
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @ArrayUnique()
  @Matches(account, { each: true })
  coordinators!: string[];

  /** Contractors who were invited and came. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @ArrayUnique()
  @IsUUID('all', { each: true })
  providerIds?: string[];

  /** Unit of the centre; your own unless given. */
  @IsOptional()
  @Matches(account)
  unit?: string;
}

export class ListMeetings extends PageQuery {
  @IsOptional()
  @Matches(account)
  unit?: string;
}

export class MeetingView {
  id!: string;
  version!: number;
  unit!: string;
  heldOn!: string;
  coordinators!: string[];
  providerIds!: string[];
  recordedBy!: string;
}
