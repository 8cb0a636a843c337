import { agreementTerms, agreementTermsOn } from './agreement-terms';
import { complaintTerms } from './complaint-terms';
import { inspectionTerms } from './inspection-terms';
import { selectionTermOn, selectionTerms } from './selection-terms';

describe('terms', () => {
  it('have their editions in order, newest first, and the first of them counts for every day before', () => {
    for (const history of [agreementTerms, complaintTerms, inspectionTerms, ...Object.values(selectionTerms)]) {
      const starts = history.map(({ validFrom }) => validFrom);
      expect(starts).toEqual([...new Set(starts)].sort().reverse());
    }
    expect(selectionTermOn('procurementGrosze', '1999-01-01').value).toBe(13_000_000);
    expect(selectionTermOn('procurementGrosze', '2026-01-01').value).toBe(17_000_000);
    expect(agreementTermsOn('1999-01-01').validFrom).toBe('2020-01-01');
  });

  it('are whole numbers with a basis', () => {
    for (const { value, basis } of Object.values(selectionTerms).flat()) {
      expect(Number.isSafeInteger(value)).toBe(true);
      expect(basis).toMatch(/ art\. \d+/);
    }
  });
});
