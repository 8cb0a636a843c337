import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { htmlOf } from '@okienko/printing/html';
import { pdfOf } from '@okienko/printing/pdf';
import type { Printed } from '@okienko/printing/printed';
import { Template, TemplateFaulty, type TemplateKind } from '@okienko/printing/template';
import { samples } from './document-samples';
import { documentForms, fileOf, loadTemplate, templateEditions, templateOn } from './document-templates';

const every = templateEditions.flatMap((edition) => documentForms.map((form) => [edition, form] as const));
const named = every.map(([edition, form]) => [basename(fileOf(edition, form)), edition, form] as const);
const kindOf = (name: keyof typeof samples): TemplateKind<object> => samples[name];
const textOf = ({ title, paragraphs, sections }: Printed): string => JSON.stringify([title, paragraphs, sections]);
const headings = ({ sections }: Printed): string[] => sections.map(({ heading }) => heading);

describe.each(named)('%s', (_, edition, form) => {
  it('is sound, and prints the fullest and the barest facts', async () => {
    const template = await loadTemplate(edition, form);
    for (const facts of [samples[edition.name].fullest, samples[edition.name].barest]) {
      const printed = template.print(facts);
      expect(textOf(printed)).not.toMatch(/[{}]{2}|undefined|\[object|null|brak danych/);
      expect(printed.language).toBe(form === 'ETR' ? 'pl-x-etr' : 'pl');
      expect(htmlOf(printed)).toContain('</html>');
      expect((await pdfOf(printed, new Date())).subarray(0, 8).toString()).toBe('%PDF-1.7');
    }
  });

  it('is refused as soon as it says any required part no more', async () => {
    const source = readFileSync(fileOf(edition, form), 'utf8');
    const kind = kindOf(edition.name);
    for (const path of kind.required) {
      const at = path.replace(/^.*\.0\./, 'service.');
      const without = source.replaceAll(`{{ ${at} }}`, '…');
      expect([path, without === source]).toEqual([path, false]);
      const error: unknown = await Template.load('x', without, 'pl', kind).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(TemplateFaulty);
      expect((error as TemplateFaulty).faults).toContain(`It must say ${path}.`);
    }
  });
});

describe.each(named.filter(([, { name }]) => name.startsWith('decision')))('the decision %s', (_, edition, form) => {
  it('has every part of KPA art. 107 § 1, each where it is looked for', async () => {
    const printed = (await loadTemplate(edition, form)).print(samples[edition.name].barest as never);
    const under = (heading: string): string =>
      (printed.sections.find((section) => section.heading === heading)?.paragraphs ?? []).join('\n');
    const words =
      form === 'STANDARD'
        ? { basis: 'Podstawa prawna', ruling: 'Rozstrzygnięcie', reasons: 'Uzasadnienie', signed: 'Podpis' }
        : {
            basis: 'Jakie przepisy o tym mówią',
            ruling: 'Co postanowił urząd',
            reasons: 'Dlaczego tak jest',
            signed: 'Kto podpisał',
          };
    const above = [printed.title, ...printed.paragraphs].join('\n');
    expect(above).toContain('Burmistrz Żukowa');
    expect(above).toContain('CUS.5021.7.2026');
    expect(above).toContain('4 marca 2026 r.');
    expect(above).toContain('Żaneta Łoś-Kowal');
    expect(under(words.basis)).toContain('Art. 42 ust. 3');
    expect(under(words.ruling)).toContain('Teleopieka');
    expect(under(words.reasons)).toContain('Wszystkie miejsca są zajęte.');
    expect(under(words.signed)).toMatch(/Olga Ślęzak\norganizatorka usług społecznych/);
    expect(under(words.signed)).toContain('OR.077.12.2026');
    const instruction = textOf(printed);
    expect(instruction).toContain('Samorządowego Kolegium Odwoławczego w Gdańsku');
    expect(instruction).toMatch(/14 dni/);
    // That one may waive the appeal, and what follows (art. 107 § 1 pt 7).
    expect(instruction).toMatch(/zrzec się prawa do odwołania|zrzekam się prawa do odwołania/);
    expect(headings(printed)).toEqual([...new Set(headings(printed))]);
  });
});

describe('templates', () => {
  it('are all listed: a file that no edition names is nobody’s', () => {
    const [first] = every;
    if (!first) throw new Error('there are no templates');
    const files = readdirSync(dirname(fileOf(...first))).sort();
    expect(files).toEqual(named.map(([file]) => file).sort());
  });

  it('are chosen by the day', () => {
    expect(templateOn('plan', '2026-11-22')).toMatchObject({ name: 'plan', version: 1 });
    expect(() => templateOn('plan', '2019-12-31')).toThrow('no template plan');
  });
});
