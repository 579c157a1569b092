import { type Context, commitQuietly, mayUse, read } from '#core/context'
import * as query from './generated/query.ts'
import { typoLookups } from './typo.ts'

const AT_ONCE = 1000

/**
 * Deletes the words of names that no customer has any more: a rare name is personal. Examines the next words of a scan over the dictionary.
 * Between the end of a customer and the scan, a word finds nobody. True when there may be more.
 */
export async function purgeWords(ctx: Context): Promise<boolean> {
  mayUse(ctx, 'customer:erase')
  const { tenant } = ctx
  const { rows } = await read(ctx, { rows: query.scanWords({ tenant, limit: AT_ONCE }) })
  const words = [...new Set(rows.flatMap(({ word, isUsed }) => (isUsed ? [] : [word])))]
  const more = rows.length === AT_ONCE
  await commitQuietly(ctx, {
    purged: query.purgeWords({
      tenant,
      words,
      spellings: words.flatMap(typoLookups).map(({ spelling }) => spelling),
      position: more ? (rows.at(-1)?.word ?? '') : '',
      now: ctx.now.toISOString(),
    }),
  })
  return more
}
