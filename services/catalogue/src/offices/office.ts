import { officeRegisteredV1 } from '@okienko/contracts/catalogue/office-registered.v1';
import { officeRevisedV1 } from '@okienko/contracts/catalogue/office-revised.v1';
import type { Day } from '@okienko/contracts/calendar';
import { type DomainEvent, event } from '@okienko/contracts/event';
import type { Localised } from '../localised';
import type { Provenance } from '../catalogues/catalogue-fields';

/** How the centre came about, and so what it does besides services: art. 9 and 10. */
export const officeModes = ['TRANSFORMED_OPS', 'JOINT', 'SEPARATE_UNIT'] as const;

export interface OfficeSource extends Provenance {
  /** Where it all stands. */
  readonly references: readonly string[];
  /** How much of its catalogue the sources give. */
  readonly completeness: string;
}

/** What is known of an office that offers services. Texts as the sources have them; money in grosze. */
export interface OfficeContent {
  readonly name: Localised;
  /** Of the gmina it serves; absent while nobody has looked it up. */
  readonly terc?: string;
  readonly mode: (typeof officeModes)[number];
  readonly predecessor?: string;
  readonly address?: string;
  readonly population?: number;
  readonly startedOn?: Day;
  readonly startPlannedOn?: Day;
  /** Of the council, which set the office up. */
  readonly resolution?: string;
  /** Those of its statute (art. 12). */
  readonly areas?: readonly string[];
  /** How one gets a service there, step by step. */
  readonly procedure?: readonly string[];
  /** What its application form asks for. */
  readonly applicationFields?: readonly string[];
  /** The project from which it was set up. */
  readonly project?: {
    readonly name: string;
    readonly fund: string;
    readonly totalGrosze?: number;
    readonly cofinancingGrosze?: number;
    readonly cofinancingPercent?: number;
    readonly endsOn?: Day;
    readonly structure?: string;
    /** How exact these figures are. */
    readonly precision?: string;
  };
  /** Its programme as the sources tell of it; a programme of the directory says more. */
  readonly programme?: {
    readonly name: string;
    readonly period?: string;
    readonly consultations?: string;
    readonly councilSession?: string;
    readonly serviceCount?: number;
  };
  readonly remarks?: string;
  readonly source: OfficeSource;
}

/** An office of this or another gmina, of whose services the directory tells. */
export class Office {
  private constructor(
    readonly id: string,
    readonly version: number,
    /** Its name in catalogues, such as `ecus-elblag`. */
    readonly key: string,
    private content: OfficeContent,
  ) {}

  static register(id: string, key: string, content: OfficeContent): Office {
    return new Office(id, 0, key, content);
  }

  get terc(): string | undefined {
    return this.content.terc;
  }

  get described(): OfficeContent {
    return this.content;
  }

  registered(): DomainEvent<typeof officeRegisteredV1> {
    return event(officeRegisteredV1, this.id, this.told, this.terc);
  }

  revise(content: OfficeContent): DomainEvent<typeof officeRevisedV1> {
    this.content = content;
    return event(officeRevisedV1, this.id, this.told, this.terc);
  }

  private get told(): { key: string; mode: string; terc?: string } {
    return { key: this.key, mode: this.content.mode, ...(this.terc === undefined ? {} : { terc: this.terc }) };
  }
}
