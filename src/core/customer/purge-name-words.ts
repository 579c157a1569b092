import { type Context, commitWithoutKey, mustHaveScope, read } from '#core/context'
import * as query from './generated/query.ts'
import { typoLookups } from './typo-lookups.ts'

const AT_ONCE = 1000

/**
 * Deletes the words of names that no customer has any more: a rare name is personal. Examines the next words of a scan over the dictionary.
 * Until the scan reaches it, a word that no customer has any more finds nobody. True when there may be more.
 */
export async function purgeNameWords(ctx: Context): Promise<boolean> {
  mustHaveScope(ctx, 'customer:erase')
  const { tenant } = ctx
  const { rows } = await read(ctx, { rows: query.scanNameWords({ tenant, limit: AT_ONCE }) })
  const words = [...new Set(rows.flatMap(({ word, isUsed }) => (isUsed ? [] : [word])))]
  const more = rows.length === AT_ONCE
  await commitWithoutKey(ctx, {
    purged: query.purgeNameWords({
      tenant,
      words,
      spellings: words.flatMap(typoLookups).map(({ spelling }) => spelling),
      position: more ? (rows.at(-1)?.word ?? '') : '',
      now: ctx.now.toISOString(),
    }),
  })
  return more
}
