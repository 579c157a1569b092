import { sql } from 'drizzle-orm'
import { type Context, commitQuietly, rows } from '#core/context'
import { textArray } from '#core/outbox'
import { newId } from '#kernel/id'

export type GivenUp = {
  readonly kind: string
  /** The job's id; of what is no job, the message's. */
  readonly subject: string
  /** The message as JSON. */
  readonly body: string
  /** As JSON, what a job would be about that does the same; without it only a job can be replayed. */
  readonly payload?: string
  readonly attempts: number
  /** A kind whose work is in the job's row: without one there is nothing left to do, and nothing to keep. */
  readonly isJob: boolean
}

/**
 * Keeps what the queue gave up on, with its job's row, so that the relay does not send it for ever. The same letter twice is
 * kept once. Returns how many are new.
 */
export async function buryLetters(
  ctx: Context,
  queue: string,
  letters: readonly GivenUp[],
): Promise<number> {
  const column = <K extends keyof GivenUp>(name: K) => letters.map((letter) => letter[name])
  const ids = letters.map(() => newId('deadLetter', ctx.now))
  const { kept } = await commitQuietly(ctx, {
    kept: rows(sql`with letter as (
        select * from unnest(${textArray(ids)}, ${textArray(column('kind'))}, ${textArray(column('subject'))},
          ${textArray(column('body'))}, ${sql.param(column('payload').map((payload) => payload ?? null))}::text[], ${sql.param(column('attempts'))}::int[], ${sql.param(column('isJob'))}::boolean[])
          as l (id, kind, subject, body, payload, attempts, is_job)),
      dropped as (
        delete from job using letter
        where job.tenant = ${ctx.tenant} and job.id = letter.subject and job.kind = letter.kind
        returning job.id, job.kind, job.payload)
      insert into dead_letter (tenant, id, queue, kind, subject, body, payload, attempts, created_at)
      select ${ctx.tenant}, letter.id, ${queue}, letter.kind, letter.subject, letter.body::json, coalesce(dropped.payload, letter.payload::jsonb),
        letter.attempts, ${ctx.now.toISOString()}::timestamptz
      from letter left join dropped on dropped.id = letter.subject and dropped.kind = letter.kind
      where dropped.id is not null or not letter.is_job
      on conflict (tenant, kind, subject) where replayed_at is null do nothing
      returning id`),
  })
  return kept.length
}
