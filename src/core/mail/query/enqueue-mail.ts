import { and, eq, exists, gt, isNotNull, ne, type SQL, sql, type WithSubquery } from 'drizzle-orm'
import type { TypedQueryBuilder } from 'drizzle-orm/query-builders/query-builder'
import { jsonbOf } from '#db/document'
import { customerTable, mailTable, mailTokenTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, insertFrom } from '#db/statement-builders'
import { newJobParameter, type ValuesOf } from '#db/use-case'
import { spendQuota, spendQuotaParams } from '#query/limit'
import { enqueueJob } from '#query/outbox'
import type { LetterColumns } from './letter.ts'

/** The parameters of a use case that enqueues a mail: ids of the mail, of the token in its link, and of the job that sends it. */
export const mailParams = {
  tenant: mailTable.tenant,
  now: mailTable.createdAt,
  mail: mailTable.id,
  mailJob: newJobParameter('mail'),
  mailToken: mailTokenTable.id,
  mailTokenHash: mailTokenTable.hash,
  mailTokenExpiresAt: mailTokenTable.expiresAt,
}
type Mailing = ValuesOf<typeof mailParams>

/** `mailing` for a mail that a stranger can ask for: it is counted under its bounds. */
export const boundedMailParams = {
  ...mailParams,
  bounds: spendQuotaParams.bounds,
  /** The customer and the epoch in the token of the caller's device; null: there is none. */
  device: sqlType.orNull(sqlType.text),
  deviceEpoch: sqlType.int,
}
type AskedMailing = ValuesOf<typeof boundedMailParams>

type Letters = TypedQueryBuilder<LetterColumns>

/** Inserts a mail, the token of its link, and the job that sends it; nothing without a row of the letter. */
export const enqueueMail = (p: Mailing, letters: Letters) => post(p, letterTable(letters))

/** `enqueueMail` for a mail that a stranger can ask for. It does nothing if a bound holds the mail back. */
export const enqueueBoundedMail = (p: AskedMailing, letters: Letters) => {
  const letter = letterTable(letters)
  return post(p, letter, spendQuota(p, about(p, letter)))
}

type LetterTable = ReturnType<typeof letterTable>
const letterTable = (letters: Letters) => db.$with('letter').as(letters)

type Admission = { readonly ctes: readonly WithSubquery[]; readonly isAdmitted: SQL }
const always: Admission = { ctes: [], isAdmitted: sql`true` }

function post(p: Mailing, letter: LetterTable, { ctes, isAdmitted }: Admission = always) {
  const from = sql`from ${letter} where ${isAdmitted}`
  const linkEnd = sqlType.moment(
    sql`least(${letter.linkEndsAt}::timestamptz, ${p.mailTokenExpiresAt})`,
  )
  const token = db.$with('token').as(
    insertFrom(
      mailTokenTable,
      {
        tenant: p.tenant,
        id: p.mailToken,
        purpose: said(letter.purpose),
        subject: sqlType.text(sql`coalesce(${letter.subject}, ${p.mailToken})`),
        changeId: said(letter.changeId),
        emailKey: said(letter.emailKey),
        hash: sqlType.text(sql`coalesce(${letter.codeHash}, ${p.mailTokenHash})`),
        createdAt: p.now,
        expiresAt: linkEnd,
      },
      sql`${from} and ${letter.purpose} is not null`,
    )
      .onConflictDoUpdate({
        target: [mailTokenTable.tenant, mailTokenTable.purpose, mailTokenTable.subject],
        targetWhere: sql`${mailTokenTable.purpose} not in ('undo', 'login_code', 'login_link')`,
        set: {
          id: p.mailToken,
          changeId: sql`excluded.change_id`,
          emailKey: sql`excluded.email_key`,
          hash: p.mailTokenHash,
          createdAt: p.now,
          expiresAt: sql`excluded.expires_at`,
        },
      })
      .returning({ id: mailTokenTable.id }),
  )
  const mail = db.$with('mail_written').as(
    insertFrom(
      mailTable,
      {
        tenant: p.tenant,
        id: p.mail,
        template: said(letter.template),
        recipient: said(letter.recipient),
        locale: said(letter.locale),
        customerId: said(letter.customerId),
        tokenId: sqlType.text(sql`case when ${letter.purpose} is not null then ${p.mailToken} end`),
        provider: said(letter.provider),
        createdAt: p.now,
      },
      from,
    ).returning({ id: mailTable.id }),
  )
  return enqueueJob(p, {
    id: p.mailJob,
    kind: 'mail',
    payload: jsonbOf({ mail: mail.id }),
    from: sql`from ${mail}`,
    ctes: [letter, ...ctes, token, mail],
  })
}

/** A column of the letter; nothing is written where it is null. */
const said = <T>(column: SQL.Aliased<T>) => sql<NonNullable<T>>`${column}`

/** The facts of a mail that decide which bounds apply. Each column is read with a subquery, because the columns of the `with` have no table name. */
function about(p: AskedMailing, letter: LetterTable) {
  const of = (column: SQL.Aliased) => sql`(select ${column} from ${letter})`
  const isReaders = and(
    eq(customerTable.tenant, p.tenant),
    eq(customerTable.id, of(letter.customerId)),
    eq(customerTable.emailKey, of(letter.emailKey)),
  )
  const reader = (is: SQL) =>
    exists(db.select({ id: customerTable.id }).from(customerTable).where(and(isReaders, is)))
  return {
    isUnproven: sql`(${of(letter.recipient)} is not null and not ${reader(isNotNull(customerTable.emailVerifiedAt))})`,
    isLinked: exists(workingLink(p, of(letter.emailKey), of(letter.purpose))),
    isFromDevice: reader(
      sql`${customerTable.id} = ${p.device} and ${customerTable.deviceEpoch} = ${p.deviceEpoch}`,
    ),
  }
}

/** The valid link of an earlier mail of this purpose. A mail without a recipient does not count; its token is its own subject. */
const workingLink = (p: AskedMailing, emailKey: SQL, purpose: SQL) =>
  db
    .select({ id: mailTokenTable.id })
    .from(mailTokenTable)
    .where(
      and(
        eq(mailTokenTable.tenant, p.tenant),
        eq(mailTokenTable.emailKey, emailKey),
        eq(mailTokenTable.purpose, purpose),
        ne(mailTokenTable.subject, mailTokenTable.id),
        gt(mailTokenTable.expiresAt, p.now),
      ),
    )
