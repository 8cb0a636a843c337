import { DomainError } from '@okienko/contracts/domain-error';
import { corrected, counted, type Figure, ofPersons } from './figure';

/** A figure that the office puts in the place of a counted one. Without a service it is one of the whole. */
export interface FigureCorrection<Name extends string = string> {
  readonly figure: Name;
  readonly serviceCode?: string;
  /** For units delivered or accepted. */
  readonly unit?: string;
  readonly value: number;
  readonly reason: string;
}

export class CorrectionUnknown extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'correction-unknown';
  constructor(figure: string) {
    super(
      `${figure} is no figure of this report, or was corrected twice. Read what was counted, and correct each figure once.`,
    );
  }
}

/** The corrections of one report. Each is of a figure that is there; what must not be told is not told when corrected either. */
export class Corrections<Name extends string> {
  private readonly given = new Map<string, FigureCorrection>();

  constructor(
    corrections: readonly FigureCorrection<Name>[],
    private readonly least: number,
  ) {
    for (const correction of corrections) {
      const key = keyOf(correction.figure, correction.serviceCode, correction.unit);
      if (this.given.has(key)) throw new CorrectionUnknown(key);
      this.given.set(key, correction);
    }
  }

  of(figure: Name, generated: Figure, serviceCode?: string, unit?: string): Figure {
    const key = keyOf(figure, serviceCode, unit);
    const correction = this.given.get(key);
    if (!correction) return generated;
    this.given.delete(key);
    return corrected(generated, this.told(figure, correction.value, generated), correction.reason);
  }

  /** A correction of a figure that is not there would be lost without a word. */
  assertAllUsed(): void {
    const [unused] = this.given.keys();
    if (unused !== undefined) throw new CorrectionUnknown(unused);
  }

  private told(figure: string, value: number, generated: Figure): Figure {
    if (figure.startsWith('COST')) return counted(value);
    if (!figure.startsWith('UNITS')) return ofPersons(value, this.least);
    return generated.why === 'TOO_FEW_PERSONS' ? { value: null, why: generated.why } : counted(value);
  }
}

const keyOf = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined).join(' ');
