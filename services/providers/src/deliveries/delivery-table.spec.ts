import { rowsOf, TableUnreadable, withIds } from './delivery-table';

const table = (...lines: string[]): Buffer => Buffer.from(lines.join('\r\n'));

describe('a table of deliveries', () => {
  it('has a header and a row for each, by commas or semicolons; an empty cell says nothing', () => {
    const row = { orderId: 'a', deliveredOn: '2026-03-02', quantity: 2 };
    expect(rowsOf(table('orderId,deliveredOn,quantity,outcome', 'a, 2026-03-02 ,2,'))).toEqual([row]);
    expect(rowsOf(table('\ufefforderId;deliveredOn;quantity', '"a";2026-03-02;2', ''))).toEqual([row]);
  });

  it('leaves it to the check of the row what is no quantity', () => {
    const read = (quantity: string) => rowsOf(table('quantity,x', `${quantity},x`))[0]?.['quantity'];
    expect(['2', '2.5', '-1', 'dwa', '0x10'].map(read)).toEqual([2, '2.5', '-1', 'dwa', '0x10']);
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['a header alone', table('orderId,quantity')],
    ['rows of another length', table('a,b', '1,2,3')],
    ['a quote that does not end', table('a,b', '"1,2')],
    ['bytes that are no UTF-8', Buffer.from([0x61, 0x0a, 0xff])],
    ['too many rows', table('a', ...Array.from({ length: 5001 }, (_, index) => String(index)))],
  ])('refuses %s', (_, bytes) => expect(() => rowsOf(bytes)).toThrow(TableUnreadable));

  it('gives rows ids of their content, equal ones by which they are, and keeps those that they have', () => {
    const ride = { orderId: 'a', deliveredOn: '2026-03-02', quantity: 1 };
    const rows = [ride, { ...ride, quantity: 2 }, ride, { ...ride, id: 'own' }];
    const ids = withIds(rows, 'provider').map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
    expect(ids[3]).toBe('own');
    for (const id of ids.slice(0, 3))
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Number.parseInt(String(ids[0]).replaceAll('-', '').slice(0, 12), 16)).toBe(Date.parse('2026-03-02'));
    expect(withIds(rows, 'provider').map(({ id }) => id)).toEqual(ids);
    expect(
      withIds(rows, 'another')
        .map(({ id }) => id)
        .slice(0, 3),
    ).not.toEqual(ids.slice(0, 3));
    expect(withIds([{ quantity: 1, deliveredOn: 'jutro' }], 'provider')[0]?.['id']).toMatch(/^00000000-0000-7/);
  });
});
