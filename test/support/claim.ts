import { and, eq, inArray, sql } from 'drizzle-orm'
import { emailKey } from '#core/customer'
import { newMergeValues } from '#core/merge'
import { numberParameters } from '#db/missing-functions-and-statements'
import { customerTable } from '#db/schema'
import { db, pick } from '#db/statement-builders'
import { noAnswer, useCase } from '#db/use-case'
import { compileUseCase } from '../../dev/use-case/compile.ts'
import {
  enqueueMergeByEmail,
  enqueueMergeParams as params,
} from '../../src/core/merge/query/enqueue.ts'
import { systemContext } from '../../src/runtime.ts'
import type { TestApp } from './app.ts'
import { withNames } from './with-names.ts'

const { list } = compileUseCase(
  useCase(
    'claim_in_a_test',
    { ...pick(customerTable, 'tenant', 'emailKey'), now: customerTable.createdAt, ...params },
    (p) => [
      db
        .update(customerTable)
        .set({
          status: 'active',
          emailVerifiedAt: p.now,
          claimedAt: p.now,
          version: sql`${customerTable.version} + 1`,
        })
        .where(
          and(
            eq(customerTable.tenant, p.tenant),
            eq(customerTable.emailKey, p.emailKey),
            inArray(customerTable.status, ['unverified', 'active']),
          ),
        ),
      enqueueMergeByEmail(p, p.emailKey),
      noAnswer,
    ],
  ),
)

/** As if the owner had proven inbox and password: the account is verified and claimed, and what follows is on the queue. */
export async function claim({ runtime, tenant, db }: TestApp, email: string): Promise<void> {
  const ctx = systemContext(runtime, tenant, 'test')
  const { mergeJob, ...ids } = newMergeValues(ctx)
  const now = ctx.now.toISOString()
  const values = new Map<string, unknown>(
    Object.entries({ tenant, now, emailKey: emailKey(email), mergeJob, ...ids }),
  )
  const results = await db.run(list.map((text) => numberParameters(withNames(text), values)))
  const answer = results.at(-1)?.[0] as { made: { jobs: string[] } } | undefined
  const jobs = answer?.made.jobs ?? []
  await runtime.send(jobs.map((id) => ({ tenant, id, kind: 'merge' })))
}
