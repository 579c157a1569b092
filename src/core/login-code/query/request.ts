import { and, count, desc, eq, exists, gt, gte, inArray, ne, notInArray, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { attemptTable, customerTable, failureTable, mailTable, mailTokenTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db } from '#db/statement-builders'
import { useCase, type ValuesOf } from '#db/use-case'
import { lockEmail } from '#lock/customer'
import { isLiveAttempt } from '#query/account'
import {
  boundedMailParams,
  enqueueBoundedMail,
  letterColumns,
  proofMailTemplateAndLinkEnd,
} from '#query/mail'
import {
  MAX_LIVE_CODES,
  MAX_WRONG_CODES_OF_ADDRESS,
  MAX_WRONG_CODES_OF_TENANT,
} from '../code-bounds.ts'
import { isHandleOutOfTries } from './is-handle-out-of-tries.ts'

const params = {
  ...boundedMailParams,
  /** The subject of all codes of the request. */
  handle: mailTokenTable.subject,
  handleKey: failureTable.key,
  /** A fresh handle. It is used if the earlier handle has no try left. */
  freshHandle: mailTokenTable.subject,
  /** As it was typed. */
  email: customerTable.email,
  emailKey: customerTable.emailKey,
  codeHash: mailTokenTable.hash,
  freshCodeHash: mailTokenTable.hash,
  codeEndsAt: mailTokenTable.expiresAt,
  /** The keys of the counts of wrong codes. */
  wrongOfAddress: failureTable.key,
  wrongOfTenant: failureTable.key,
  /** Whether a new address may come in by a code. */
  allowNew: sqlType.flag,
  /** The provider whose login is to be linked by the code; null: the code logs in. */
  provider: mailTable.provider,
}
type Params = ValuesOf<typeof params>

/**
 * Mails a code, or a link in its place. The newest two codes of the handle stay. Rows and work are the same for every address. Answers whether the earlier handle had no try left, so that the fresh handle is used.
 */
export const requestCode = useCase('request_code', params, (p) => [
  lockEmail(p.tenant, p.emailKey),
  enqueueBoundedMail(p, letterFor(p)),
  displaceCodes(p),
  db.select({ isSpent: sqlType.flag(isHandleOutOfTries(p)) }).from(sql`(select) asked`),
])

function letterFor(p: Params) {
  const account = alias(customerTable, 'account')
  const attempt = db
    .select({ email: attemptTable.email, locale: attemptTable.locale })
    .from(attemptTable)
    .where(isLiveAttempt(p))
    .orderBy(desc(attemptTable.createdAt))
    .limit(1)
    .as('attempt')
  const isLink = isLinked(p)
  const either = (link: unknown, code: unknown) =>
    sql`case when ${isLink} then ${link} else ${code} end`
  const address = { ...p, customerId: account.id }
  const words = sql`case when ${p.provider} is null then 'login_code' else 'linking_code' end`
  const proof = proofMailTemplateAndLinkEnd(address, either('login_link', words))
  // A code that is in no mail, because the address is kept free for another account, is good for nothing.
  const codeHash = sql`case when ${proof.linkEndsAt} is not null then '' else ${either(null, ofHandle(p, p.freshCodeHash, p.codeHash))} end`
  return db
    .select(
      letterColumns({
        template: proof.template,
        recipient: sql`case when ${account.status} is distinct from 'disabled'
          then coalesce(${account.email}, ${attempt.email}, case when ${p.allowNew} then ${p.email} end) end`,
        locale: sql`coalesce(${account.locale}, ${attempt.locale})`,
        customerId: account.id,
        emailKey: p.emailKey,
        purpose: either('login_link', 'login_code'),
        subject: subjectOf(p),
        provider: p.provider,
        codeHash,
        linkEndsAt: either(null, p.codeEndsAt),
      }),
    )
    .from(sql`(select) asked`)
    .leftJoin(
      account,
      and(
        eq(account.tenant, p.tenant),
        eq(account.emailKey, p.emailKey),
        inArray(account.status, ['unverified', 'active', 'disabled']),
      ),
    )
    .leftJoin(attempt, sql`true`)
}

const ofHandle = (p: Params, fresh: unknown, earlier: unknown) =>
  sqlType.text(sql`case when ${isHandleOutOfTries(p)} then ${fresh} else ${earlier} end`)

const subjectOf = (p: Params) => ofHandle(p, p.freshHandle, p.handle)

/** Whether too many codes are live, or too many were wrong, for a mail with another code. */
function isLinked(p: Params) {
  const live = (of: ReturnType<typeof eq>) =>
    db
      .select({ count: count() })
      .from(mailTokenTable)
      .where(
        and(
          eq(mailTokenTable.tenant, p.tenant),
          eq(mailTokenTable.emailKey, p.emailKey),
          eq(mailTokenTable.purpose, 'login_code'),
          gt(mailTokenTable.expiresAt, p.now),
          of,
        ),
      )
  const others = live(ne(mailTokenTable.subject, subjectOf(p)))
  const own = live(eq(mailTokenTable.subject, subjectOf(p)))
  const isWrong = (key: string, most: number, window: string) =>
    exists(
      db
        .select({ key: failureTable.key })
        .from(failureTable)
        .where(
          and(
            eq(failureTable.tenant, p.tenant),
            eq(failureTable.key, key),
            gte(failureTable.count, most),
            gt(
              failureTable.lastAt,
              sqlType.moment(sql`${p.now} - ${sql.raw(`interval '${window}'`)}`),
            ),
          ),
        ),
    )
  return sql`((${others}) + least((${own}), 1) >= ${sql.raw(String(MAX_LIVE_CODES))}
    or ${isWrong(p.wrongOfAddress, MAX_WRONG_CODES_OF_ADDRESS, '1 day')}
    or ${isWrong(p.wrongOfTenant, MAX_WRONG_CODES_OF_TENANT, '1 hour')})`
}

/** Deletes what the handle has beyond its newest two codes and its newest link. */
function displaceCodes(p: Params) {
  const isOf = (purpose: 'login_code' | 'login_link') =>
    and(
      eq(mailTokenTable.tenant, p.tenant),
      eq(mailTokenTable.subject, subjectOf(p)),
      eq(mailTokenTable.purpose, purpose),
    )
  const newest = (purpose: 'login_code' | 'login_link', most: number) =>
    db
      .select({ id: mailTokenTable.id })
      .from(mailTokenTable)
      .where(isOf(purpose))
      .orderBy(desc(mailTokenTable.createdAt), desc(mailTokenTable.id))
      .limit(most)
  return db
    .delete(mailTokenTable)
    .where(
      and(
        eq(mailTokenTable.tenant, p.tenant),
        eq(mailTokenTable.subject, subjectOf(p)),
        notInArray(mailTokenTable.id, newest('login_code', 2)),
        notInArray(mailTokenTable.id, newest('login_link', 1)),
      ),
    )
}
