import { IsLocalised, IsTerc, IsText, Localised } from '@okienko/chassis/validation';
import { IsIn, IsOptional } from 'class-validator';
import { IsKrs, IsNip, IsRegon } from './identifiers.dto';
import { type ProviderKind, providerKinds } from './provider';

export class RegisterProvider {
  /** What kind of body it is (art. 7(2)). @example "NGO" */
  @IsIn(providerKinds) kind!: ProviderKind;
  /** Name by language; Polish always. */
  @IsLocalised() name!: Localised;
  /** Taxpayer number, ten digits. @example "5260250274" */
  @IsOptional() @IsNip() nip?: string;
  /** Business register number, nine or fourteen digits. @example "123456785" */
  @IsOptional() @IsRegon() regon?: string;
  /** Court register number, ten digits. @example "0000123456" */
  @IsOptional() @IsKrs() krs?: string;
  /** Gmina of its seat. @example "2861011" */
  @IsOptional() @IsTerc() terc?: string;
  /** Where letters reach it. @example "ul. Winna 9, Elbląg" */
  @IsOptional()
  @IsText(1, 300)
  address?: string;
}

export class ProviderView {
  id!: string;
  version!: number;
  kind!: ProviderKind;
  name!: Localised;
  nip!: string | null;
  regon!: string | null;
  krs!: string | null;
  terc!: string | null;
  address!: string | null;
}
