import { and, desc, eq, inArray, lte, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { customerTable, sessionTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, insertFrom, pick, type Source } from '#db/statement-builders'
import type { ValuesOf } from '#db/use-case'

/** The parameters that open a session. */
export const newSessionParams = {
  ...pick(
    sessionTable,
    'tenant',
    'id',
    'clientId',
    'refreshHash',
    'userAgent',
    'address',
    'provenAt',
  ),
  expiresAt: sessionTable.expiresAt,
  now: sessionTable.createdAt,
}
/** The values that a session has from its login, which may have been earlier. */
type FromLogin = 'userAgent' | 'address' | 'provenAt'
type NewSession = Omit<ValuesOf<typeof newSessionParams>, FromLogin> & {
  readonly [K in FromLogin]: Source<string | null>
} & { readonly isBound: Source<boolean> }

/** The parameters of a login that was checked. */
export const loginParams = {
  ...pick(sessionTable, 'tenant', 'customerId'),
  /** The hash that a password was checked against before: it must still be the customer's. Null: there was no password. */
  passwordHash: sqlType.orNull(sqlType.text),
  /** The statuses of customers who may log in. */
  statuses: sqlType.texts,
}

/** For a session that is opened without an authorization code. Any holder of its refresh token may refresh it. */
export const unboundSessionValues = { isBound: sqlType.flag(sql`false`) }

/** The number of a customer's sessions that stay when one is added. */
const NEWEST = sql.raw('49')

/** The customers that meet a condition. */
export const selectCustomerIdsWhere = (who: SQL | undefined) =>
  db.select({ id: customerTable.id }).from(customerTable).where(who)

/** Whether the customer may log in, with the password that was checked before. */
export const mayLogIn = (p: ValuesOf<typeof loginParams>) =>
  and(
    eq(customerTable.tenant, p.tenant),
    eq(customerTable.id, p.customerId),
    sql`${customerTable.status} = any(${p.statuses})`,
    sql`(${p.passwordHash} is null or ${customerTable.passwordHash} = ${p.passwordHash})`,
  )

/** Opens a session for the customer that meets the condition, if there is one. The customer's fifty newest sessions stay. Sessions that services opened are counted separately. */
export function insertSession(p: NewSession, who: SQL | undefined) {
  const older = alias(sessionTable, 'older')
  const owner = sql`(${selectCustomerIdsWhere(who)})`
  const ended = db.$with('ended').as(
    db
      .delete(sessionTable)
      .where(
        and(
          eq(sessionTable.tenant, p.tenant),
          eq(sessionTable.customerId, owner),
          or(
            lte(sessionTable.expiresAt, p.now),
            inArray(
              sessionTable.id,
              sql`(${db
                .select({ id: older.id })
                .from(older)
                .where(
                  and(
                    eq(older.tenant, p.tenant),
                    eq(older.customerId, owner),
                    // A service that opens many pushes out no session of the shopper.
                    sql`(${older.provenAt} is null) = (${p.provenAt}::timestamptz is null)`,
                  ),
                )
                .orderBy(desc(older.createdAt), desc(older.id))} offset ${NEWEST})`,
            ),
          ),
        ),
      )
      .returning({ id: sessionTable.id }),
  )
  return insertFrom(
    sessionTable,
    {
      tenant: p.tenant,
      id: p.id,
      customerId: customerTable.id,
      clientId: p.clientId,
      refreshHash: p.refreshHash,
      userAgent: p.userAgent,
      address: p.address,
      provenAt: p.provenAt,
      isBound: p.isBound,
      createdAt: p.now,
      lastUsedAt: p.now,
      expiresAt: p.expiresAt,
    },
    sql`from ${customerTable} where ${who}`,
    [ended],
  )
}
