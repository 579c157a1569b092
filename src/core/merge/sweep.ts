import { sql } from 'drizzle-orm'
import { type Context, commitQuietly, maybe, mayUse, rows } from '#core/context'
import { newId } from '#kernel/id'
import { mergePairs } from './perform.ts'
import { type DuePair, duePairs } from './read.ts'

const AT_ONCE = 100
/** Of one run: it ends before the next minute's begins. */
const BATCHES = 100

/** How many guests are looked at in one statement, and how many such looks may find nothing before the next minute goes on. */
const LOOKED_AT = 2000
const IDLE_LOOKS = 5

/**
 * Merges what is due and what no job has done: guests whose account was proven while the store wanted no merges, or that an import
 * brought. Each batch is two round trips whatever its pairs hold. Beside it goes a walk over all guests, continued from minute to
 * minute, which notes what is due well before its turn: `listMerges` shows what is left.
 */
export async function sweepMerges(ctx: Context): Promise<boolean> {
  mayUse(ctx, 'merge:write')
  if (!ctx.settings.auto_merge_guest) return false
  let walking = true
  for (let batch = 0, idle = 0; batch < BATCHES && idle < IDLE_LOOKS; batch++) {
    const merged = await mergeSomeDue(ctx)
    const look: Look = walking ? await findSomeDue(ctx) : { more: false, noted: 0 }
    walking = look.more
    const isBusy = merged === AT_ONCE || look.noted > 0
    if (!isBusy && !walking) break
    idle = isBusy ? 0 : idle + 1
  }
  return false
}

/** Takes pairs that nobody else is working on, and has a minute for them. */
async function mergeSomeDue(ctx: Context): Promise<number> {
  const now = sql`${ctx.now.toISOString()}::timestamptz`
  const { due } = await commitQuietly(ctx, {
    due: rows<DuePair>(sql`with taken as (
        update merge set tried_at = ${now} where tenant = ${ctx.tenant} and id = any(array(
          select id from merge where tenant = ${ctx.tenant} and state = 'pending'
            and (tried_at is null or tried_at < ${now} - interval '1 minute')
          order by id limit ${AT_ONCE}::int for update skip locked))
        returning id)
      ${duePairs(ctx, sql`due.id in (select id from taken)`)}`),
  })
  if (due.length > 0) await mergePairs(ctx, due)
  return due.length
}

type Look = { readonly more: boolean; readonly noted: number }

async function findSomeDue(ctx: Context): Promise<Look> {
  const { look } = await commitQuietly(ctx, {
    look: maybe<Look>(
      sql`select more, noted from find_merges(${ctx.tenant}, ${newId('merge', ctx.now)}, ${ctx.now.toISOString()}::timestamptz, ${LOOKED_AT}::int)`,
    ),
  })
  return look ?? { more: false, noted: 0 }
}
