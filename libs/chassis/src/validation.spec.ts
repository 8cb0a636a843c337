import type { ArgumentMetadata } from '@nestjs/common';
import { IsArray, IsOptional } from 'class-validator';
import { PageQuery } from './page';
import { validationPipe } from './validation';

class Listed {
  @IsOptional() @IsArray() ids?: string[];
}
const query = (metatype: NonNullable<ArgumentMetadata['metatype']>): ArgumentMetadata => ({ type: 'query', metatype });

describe('a query', () => {
  it('that was found good is known again, by its class, and cannot be changed', async () => {
    const pipe = validationPipe();
    class Other extends PageQuery {}
    const first = (await pipe.transform({ limit: '20' }, query(PageQuery))) as PageQuery;
    expect(first).toBeInstanceOf(PageQuery);
    expect(first.limit).toBe(20);
    expect(await pipe.transform({ limit: '20' }, query(PageQuery))).toBe(first);
    expect(await pipe.transform({ limit: '21' }, query(PageQuery))).toEqual({ limit: 21 });
    expect(await pipe.transform({ limit: '20' }, query(Other))).toBeInstanceOf(Other);
    expect(() => (first.limit = 5)).toThrow(TypeError);
  });

  it('that is wrong is refused each time', async () => {
    const pipe = validationPipe();
    for (const wrong of [{ limit: '201' }, { limit: '201' }, { unknown: '1' }, { unknown: '1' }])
      await expect(pipe.transform(wrong, query(PageQuery))).rejects.toMatchObject({ code: 'invalid-request' });
  });

  it('with a list, or a long one, is checked each time', async () => {
    const pipe = validationPipe();
    for (const [asked, type] of [
      [{ ids: ['a'] }, Listed],
      [{ after: 'a'.repeat(400) }, PageQuery],
    ] as const)
      expect(await pipe.transform(asked, query(type))).not.toBe(await pipe.transform(asked, query(type)));
  });

  it('is forgotten for others', async () => {
    const pipe = validationPipe();
    const first = await pipe.transform({ limit: '1' }, query(PageQuery));
    for (let limit = 2; limit <= 101; limit += 1) await pipe.transform({ limit: String(limit) }, query(PageQuery));
    expect(await pipe.transform({ limit: '1' }, query(PageQuery))).not.toBe(first);
  });
});
