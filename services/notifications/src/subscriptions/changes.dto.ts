import { IsText } from '@okienko/chassis/validation';
import { IsEmail, IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { type Handshake, handshakes } from './handshake';
import { type Signature, signatures } from './webhook-secret';

export class MoveSink {
  /** Where events are posted from now on, what waits included: an https URL on the public internet. It is asked as at the beginning. */
  @IsString()
  @MaxLength(2000)
  sink!: string;

  /** As at the beginning. */
  @IsOptional()
  @IsIn(handshakes)
  handshake?: Handshake;
}

export class ChangeSignature {
  /** How everything is signed from now on, repetitions included. */
  @IsIn(signatures)
  signature!: Signature;
}

export class ChangeAlertEmail {
  /** Without it nobody is written to. */
  @IsOptional()
  @IsEmail()
  @MaxLength(200)
  alertEmail?: string;
}

export class DecideOnSubscription {
  /** For the partner, who sees it. */
  @IsText(1, 500)
  reason!: string;
}
