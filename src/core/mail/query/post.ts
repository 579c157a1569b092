import {
  and,
  eq,
  gt,
  lt,
  lte,
  ne,
  notExists,
  or,
  type SQL,
  sql,
  type WithSubquery,
} from 'drizzle-orm'
import type { TypedQueryBuilder } from 'drizzle-orm/query-builders/query-builder'
import { db, insertFrom } from '#db/builder'
import { jsonbOf } from '#db/document'
import { kind } from '#db/kind'
import { mailQuotaTable, mailTable, mailTokenTable } from '#db/schema'
import { newJob, type ValuesOf } from '#db/use-case'
import { enqueueJob } from '#query/outbox'
import type { LetterColumns } from './letter.ts'

/** The parameters of a use case that enqueues a mail: ids of the mail, of the token in its link, and of the job that sends it. */
export const mailing = {
  tenant: mailTable.tenant,
  now: mailTable.createdAt,
  mail: mailTable.id,
  mailJob: newJob('mail'),
  mailToken: mailTokenTable.id,
  mailTokenHash: mailTokenTable.hash,
  mailTokenExpiresAt: mailTokenTable.expiresAt,
}
type Mailing = ValuesOf<typeof mailing>

/** `mailing` for a mail that a stranger asks for. Such mails to one address are counted. */
export const askedMailing = { ...mailing, mailQuota: mailQuotaTable.key }
type AskedMailing = ValuesOf<typeof askedMailing>

type Letters = TypedQueryBuilder<LetterColumns>

/** Inserts a mail, the token of its link, and the job that sends it; nothing without a row of the letter. */
export const postMail = (p: Mailing, letters: Letters) => post(p, letterTable(letters), [])

/**
 * `postMail` for a stranger. It does nothing if strangers had a mail sent there within a minute, or five within a day, and the newest one
 * holds a working link: nobody is kept out by the mails that others ask for.
 */
export const postAskedMail = (p: AskedMailing, letters: Letters) => {
  const letter = letterTable(letters)
  return post(p, letter, [quotaOf(p, letter)])
}

type LetterTable = ReturnType<typeof letterTable>
const letterTable = (letters: Letters) => db.$with('letter').as(letters)

function post(p: Mailing, letter: LetterTable, quota: readonly WithSubquery[]) {
  const from = sql`from ${sql.join([letter, ...quota], sql` cross join `)}`
  const token = db.$with('token').as(
    insertFrom(
      mailTokenTable,
      {
        tenant: p.tenant,
        id: p.mailToken,
        purpose: said(letter.purpose),
        subject: kind.text(sql`coalesce(${letter.subject}, ${p.mailToken})`),
        changeId: said(letter.changeId),
        emailKey: said(letter.emailKey),
        hash: p.mailTokenHash,
        createdAt: p.now,
        expiresAt: p.mailTokenExpiresAt,
      },
      sql`${from} where ${letter.purpose} is not null`,
    )
      .onConflictDoUpdate({
        target: [mailTokenTable.tenant, mailTokenTable.purpose, mailTokenTable.subject],
        targetWhere: sql`${mailTokenTable.purpose} <> 'undo'`,
        set: {
          id: p.mailToken,
          changeId: sql`excluded.change_id`,
          emailKey: sql`excluded.email_key`,
          hash: p.mailTokenHash,
          createdAt: p.now,
          expiresAt: p.mailTokenExpiresAt,
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
        tokenId: kind.text(sql`case when ${letter.purpose} is not null then ${p.mailToken} end`),
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
    ctes: [letter, ...quota, token, mail],
  })
}

/** A column of the letter; nothing is written where it is null. */
const said = <T>(column: SQL.Aliased<T>) => sql<NonNullable<T>>`${column}`

/** Counts one more mail to an address. No row: the mail is not sent. */
function quotaOf(p: AskedMailing, letter: LetterTable) {
  const dayAgo = kind.moment(sql`${p.now} - interval '1 day'`)
  const isOver = lte(mailQuotaTable.since, dayAgo)
  return db.$with('quota').as(
    db
      .insert(mailQuotaTable)
      .values({ tenant: p.tenant, key: p.mailQuota, since: p.now, count: 1, lastAt: p.now })
      .onConflictDoUpdate({
        target: [mailQuotaTable.tenant, mailQuotaTable.key],
        set: {
          count: sql`case when ${isOver} then 1 else ${mailQuotaTable.count} + 1 end`,
          since: sql`case when ${isOver} then ${p.now} else ${mailQuotaTable.since} end`,
          lastAt: p.now,
        },
        setWhere: sql`${or(
          notExists(workingLink(p, letter)),
          and(
            lte(mailQuotaTable.lastAt, kind.moment(sql`${p.now} - interval '1 minute'`)),
            or(lt(mailQuotaTable.count, 5), isOver),
          ),
        )}`,
      })
      .returning({ key: mailQuotaTable.key }),
  )
}

/** The link of an earlier mail of this purpose, unless that mail had no reader: then its token is its own subject. */
const workingLink = (p: AskedMailing, letter: LetterTable) =>
  db
    .select({ id: mailTokenTable.id })
    .from(mailTokenTable)
    .where(
      and(
        eq(mailTokenTable.tenant, p.tenant),
        // A letter's columns have no table in front of them.
        eq(mailTokenTable.emailKey, sql`(${db.select({ key: letter.emailKey }).from(letter)})`),
        eq(mailTokenTable.purpose, sql`(${db.select({ purpose: letter.purpose }).from(letter)})`),
        ne(mailTokenTable.subject, mailTokenTable.id),
        gt(mailTokenTable.expiresAt, p.now),
      ),
    )
