import { commonIndicators } from '../projects/common-indicators';
import { exportColumns, type Participant, valueOf } from './export-columns';
import { participantsCsv } from './participants-csv';

const columns = exportColumns(commonIndicators);
const participant: Participant = {
  participation: { participationId: 'p1', declaredOn: '2026-02-02', terminatedOn: null },
  person: { givenName: '=Ewa', familyName: 'Łoś, "mała"', pesel: null },
  answers: { ENTRY: { RURAL: 'YES' }, EXIT: null, FOUR_WEEKS_AFTER: { IN_EMPLOYMENT: 'NO' } },
};

it('an export has a column for what is told of everybody and for each indicator at each moment', () => {
  expect(columns.map(({ code }) => code)).toEqual([
    ...['participationId', 'givenName', 'familyName', 'pesel', 'birthDate', 'terc'],
    ...['declaredOn', 'terminatedOn', 'reasonCode'],
    ...['LABOUR_STATUS', 'AGE_BAND', 'EDUCATION', 'DISABILITY', 'THIRD_COUNTRY', 'FOREIGN_BACKGROUND', 'MINORITY'],
    ...['HOMELESSNESS', 'RURAL'],
    ...['JOB_SEARCHING', 'IN_EDUCATION', 'QUALIFICATION_GAINED', 'IN_EMPLOYMENT'],
    ...['JOB_SEARCHING', 'IN_EDUCATION', 'QUALIFICATION_GAINED', 'IN_EMPLOYMENT'],
  ]);
  expect(new Set(columns.map(({ header }) => header)).size).toBe(columns.length);
});

it('a value comes from where its column says, and an empty text stands for none', () => {
  const told = Object.fromEntries(
    columns.map((column) => [`${column.from} ${column.code}`, valueOf(column, participant)]),
  );
  expect(told).toMatchObject({
    'participation participationId': 'p1',
    'participation terminatedOn': '',
    'person pesel': '',
    'ENTRY RURAL': 'YES',
    'EXIT IN_EMPLOYMENT': '',
    'FOUR_WEEKS_AFTER IN_EMPLOYMENT': 'NO',
  });
  expect(columns.map((column) => valueOf(column, { ...participant, person: null }))).not.toContain('=Ewa');
});

it('a table is quoted where it has to be, and no text is a formula', () => {
  const three = columns.slice(0, 3);
  const rows = [three.map((column) => valueOf(column, participant))];
  expect(participantsCsv({ projectCode: 'A', columns: three, rows })).toBe(
    'Identyfikator udziału,Imię,Nazwisko\r\np1,\'=Ewa,"Łoś, ""mała"""\r\n',
  );
});
