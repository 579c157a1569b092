import { and, eq, type SQL, sql } from 'drizzle-orm'
import { toSnakeCase } from 'drizzle-orm/casing'
import { jsonbOf } from '#db/document'
import { customerTable, mergeTable } from '#db/schema'
import { db, pick } from '#db/statement-builders'
import { fieldsFilledByMerge } from '#field/customer'

/** Data that a survivor had only between a merge and its undo: the values that the merge filled from the merged customer. */
export type UndoneMergeData = {
  /** The names of fields with their values, one object a merge. */
  readonly profiles: SQL
  readonly metadata: SQL
  /** An expression of type `text[]`. */
  readonly addressIds: SQL
  /** Whether a row that was written at this moment may contain such data. */
  readonly isWithin: (at: unknown) => SQL
}

/** @param isIt says which merges are meant; those count that were undone. */
export function undoneMergeDataToLeaveOut(tenant: string, isIt: SQL | undefined): UndoneMergeData {
  const m = mergeTable
  const lent = db
    .select(pick(m, 'profile', 'metadata', 'addressIds', 'mergedAt', 'undoneAt'))
    .from(m)
    .where(and(eq(m.tenant, tenant), eq(m.state, 'undone'), isIt))
    .as('lent')
  const all = (document: unknown) =>
    sql`(select coalesce(jsonb_agg(${document}), '[]') from ${lent})`
  return {
    profiles: all(lent.profile),
    metadata: all(lent.metadata),
    addressIds: sql`array(select unnest(${lent.addressIds}) from ${lent})`,
    // Clocks of two machines differ by less than a minute.
    isWithin: (at) => sql`exists (select from ${lent}
      where ${at} between ${lent.mergedAt} - interval '1 minute' and ${lent.undoneAt} + interval '1 minute')`,
  }
}

/** How a document names a field: as the API does, or as the table does. */
type Naming = 'view' | 'row'

const nameOf = (field: (typeof fieldsFilledByMerge)[number], naming: Naming): string =>
  naming === 'view' ? field : toSnakeCase(field)

/** Compares fields by their values. So values that the customer wrote meanwhile stay. */
const isLent = (field: SQL, value: SQL, lent: SQL) =>
  sql`${lent} @> jsonb_build_array(jsonb_build_object(${field}, ${value}))`

/** A document of names and values without those that were lent. */
export const withoutUndoneMergeValues = (document: unknown, lent: SQL) =>
  sql`coalesce((select jsonb_object_agg(key, value) from jsonb_each(${document}) where not ${isLent(sql`key`, sql`value`, lent)}), '{}')`

/** A customer's document, in which lent values are null. */
export function customerWithoutUndoneMerges(
  document: SQL,
  naming: Naming,
  lent: UndoneMergeData,
): SQL {
  const blanks = fieldsFilledByMerge.map((field) => {
    const name = nameOf(field, naming)
    const blank = {
      [name]: null,
      ...(hasKey(field) && naming === 'row' ? { [`${name}_key`]: '' } : {}),
    }
    return sql`case when ${isLent(text(field), sql`${document} -> ${text(name)}`, lent.profiles)} then ${text(JSON.stringify(blank))}::jsonb else '{}' end`
  })
  const metadata = sql`case when ${document} ? 'metadata'
    then ${jsonbOf({ metadata: withoutUndoneMergeValues(sql`${document} -> 'metadata'`, lent.metadata) })} else '{}' end`
  return sql`(${sql.join([document, ...blanks, metadata], sql` || `)})`
}

const hasKey = (field: string): boolean => `${field}Key` in customerTable

const text = (value: string) => sql.raw(`'${value}'`)

/** One side of the image of a merge, without what was lent to that customer. */
export const imageSideWithoutUndoneMerges = (side: SQL, lent: UndoneMergeData): SQL =>
  sql`${side} || ${jsonbOf({
    customer: customerWithoutUndoneMerges(sql`${side} -> 'customer'`, 'row', lent),
    addresses: sql`coalesce((select jsonb_agg(one) from jsonb_array_elements(${side} -> 'addresses') one
      where one ->> 'id' <> all(${lent.addressIds})), '[]')`,
  })}`

/** Whether a text contains such a value, or the id of such an address. Values of two letters are ignored, because most texts contain them. */
export const containsUndoneMergeData = (document: unknown, lent: UndoneMergeData) =>
  sql`exists (select from unnest(array(
      select unnest(array[pair.value, trim(both '"' from to_json(pair.value)::text)])
      from jsonb_array_elements(${lent.profiles} || ${lent.metadata}) one, jsonb_each_text(one) pair where length(pair.value) > 2)
      || ${lent.addressIds}) needle where strpos(${document}::text, needle) > 0)`
