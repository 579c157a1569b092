import { and, eq, or, type SQL, sql } from 'drizzle-orm'
import { union } from 'drizzle-orm/pg-core'
import { customerTable, eventTable, mergeTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick } from '#db/statement-builders'
import { useCase } from '#db/use-case'

/** More names than a person has. */
const MOST = 1000

const nameOf = (document: SQL, first: string, last: string) => ({
  firstName: sqlType
    .orNull(sqlType.text)(sql`${document} ->> ${sql.raw(`'${first}'`)}`)
    .as('first_name'),
  lastName: sqlType
    .orNull(sqlType.text)(sql`${document} ->> ${sql.raw(`'${last}'`)}`)
    .as('last_name'),
})

/**
 * All names that a customer and those who were merged into it have had: their words leave the dictionary with an erasure. Which words
 * they are is decided in TypeScript.
 */
export const findNameHistory = useCase(
  'find_name_history',
  pick(customerTable, 'tenant', 'id'),
  (p) => {
    const family = db
      .select({ id: customerTable.id })
      .from(customerTable)
      .where(
        and(
          eq(customerTable.tenant, p.tenant),
          or(eq(customerTable.id, p.id), eq(customerTable.mergedInto, p.id)),
        ),
      )
    const isTheirs = (column: unknown) => sql`${column} = any(array(${family}))`
    const image = (part: string) => sql`${mergeTable.before} #> ${sql.raw(`'{${part},customer}'`)}`
    const names = union(
      db
        .select({
          firstName: sql<string | null>`${customerTable.firstName}`.as('first_name'),
          lastName: sql<string | null>`${customerTable.lastName}`.as('last_name'),
        })
        .from(customerTable)
        .where(and(eq(customerTable.tenant, p.tenant), isTheirs(customerTable.id))),
      db
        .select(nameOf(sql`${eventTable.data} -> 'customer'`, 'firstName', 'lastName'))
        .from(eventTable)
        .where(and(eq(eventTable.tenant, p.tenant), isTheirs(eventTable.customerId))),
      db
        .select(nameOf(image('survivor'), 'first_name', 'last_name'))
        .from(mergeTable)
        .where(and(eq(mergeTable.tenant, p.tenant), isTheirs(mergeTable.survivorId))),
      db
        .select(nameOf(image('merged'), 'first_name', 'last_name'))
        .from(mergeTable)
        .where(and(eq(mergeTable.tenant, p.tenant), isTheirs(mergeTable.mergedId))),
    ).as('names')
    return [
      db
        .select({
          firstName: sqlType.orNull(sqlType.text)(sql`${names.firstName}`),
          lastName: sqlType.orNull(sqlType.text)(sql`${names.lastName}`),
        })
        .from(names)
        .limit(MOST),
    ]
  },
)
