import * as z from 'zod'

export type Page<T> = {
  readonly data: T[]
  readonly pagination: z.output<typeof Pagination>
}

const Pagination = z
  .strictObject({
    limit: z.int(),
    hasMore: z.boolean(),
    nextCursor: z.string().nullable().meta({
      description:
        'The list ends when it is `null`. An earlier page may have fewer items than `limit`, even none',
    }),
    total: z.int().optional().meta({ description: 'When `count` asks for it' }),
    totalIsExact: z.boolean().optional().meta({ description: 'false: there are at least `total`' }),
  })
  .meta({ id: 'Pagination' })

/** The schema of a page of items. */
export const pageSchema = <S extends z.ZodType>(item: S, id: string) =>
  z.strictObject({ data: z.array(item), pagination: Pagination }).meta({ id })

type Total = { readonly total: number; readonly totalIsExact: boolean }

const toPagination = (
  limit: number,
  nextCursor: string | null,
  count: Total | null = null,
): Page<unknown>['pagination'] => ({ limit, hasMore: nextCursor !== null, nextCursor, ...count })

export const toPage = <T>(
  data: T[],
  limit: number,
  nextCursor: string | null,
  count: Total | null = null,
): Page<T> => ({ data, pagination: toPagination(limit, nextCursor, count) })
