import { and, eq, gt, sql } from 'drizzle-orm'
import { jobTable, mailTable, mailTokenTable } from '#db/schema'
import { sqlType } from '#db/sql-type'
import { db, pick } from '#db/statement-builders'
import { noAnswer, useCase } from '#db/use-case'
import { deleteJobOrRefuse } from '#query/outbox'

/** The mail of a job. `token` is null when it was used, replaced or has expired. */
export const findMail = useCase(
  'find_mail',
  { tenant: mailTable.tenant, jobId: jobTable.id, now: sqlType.moment },
  (p) => [
    db
      .select({
        ...pick(mailTable, 'id', 'template', 'recipient', 'locale', 'provider'),
        hasToken: sqlType.flag(sql`(${mailTable.tokenId} is not null)`),
        token: pick(mailTokenTable, 'id', 'subject'),
      })
      .from(jobTable)
      .innerJoin(
        mailTable,
        and(
          eq(mailTable.tenant, jobTable.tenant),
          eq(mailTable.id, sql`${jobTable.payload} ->> 'mail'`),
        ),
      )
      .leftJoin(
        mailTokenTable,
        and(
          eq(mailTokenTable.tenant, mailTable.tenant),
          eq(mailTokenTable.id, mailTable.tokenId),
          gt(mailTokenTable.expiresAt, p.now),
        ),
      )
      .where(and(eq(jobTable.tenant, p.tenant), eq(jobTable.id, p.jobId))),
  ],
)

/** Deletes a mail and the job that sent it. Refuses `job_done` when that was done before. */
export const deleteMail = useCase(
  'delete_mail',
  { ...pick(mailTable, 'tenant', 'id'), jobId: jobTable.id },
  (p) => [
    deleteJobOrRefuse({ tenant: p.tenant, id: p.jobId }),
    db.delete(mailTable).where(and(eq(mailTable.tenant, p.tenant), eq(mailTable.id, p.id))),
    noAnswer,
  ],
)
