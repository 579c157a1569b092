import { type SQL, sql } from 'drizzle-orm'
import { type Context, one } from '#core/context'
import type { Pair, Side } from './side.ts'

/** What there is of two customers, and the merge of one into the other if it is done already. */
export type Sides = {
  readonly survivor: Side | null
  readonly merged: Side | null
  readonly done: string | null
}

const side = (ctx: Context, id: string): SQL =>
  sql`(select merge_side(it) from customer it where it.tenant = ${ctx.tenant} and it.id = ${id})`

/** Both sides of a merge. */
export const sidesOf = (ctx: Context, survivorId: string, mergedId: string) =>
  one<
    Sides,
    'read'
  >(sql`select ${side(ctx, survivorId)} as survivor, ${side(ctx, mergedId)} as merged,
    (select id from merge where tenant = ${ctx.tenant} and merged_id = ${mergedId} and survivor_id = ${survivorId}
      and state = 'done') as done`)

export type DuePair = Pair & { readonly merge: string }

/** The pairs of merges that are due. @param which of the row `due`. */
export const duePairs = (ctx: Context, which: SQL): SQL =>
  sql`select due.id as merge, merge_side(s) as survivor, merge_side(m) as merged
    from merge due
      join customer s on s.tenant = due.tenant and s.id = due.survivor_id
      join customer m on m.tenant = due.tenant and m.id = due.merged_id
    where due.tenant = ${ctx.tenant} and due.state = 'pending' and ${which}
    order by due.id`
