import type pg from 'pg'

export type Release = {
  readonly id: string
  readonly functions: readonly string[]
  readonly applied_at: Date
  readonly called_at: Date | null
}

const KEPT = 2
const CALLED_WITHIN_MS = 86_400_000

/**
 * Which releases are over, and which functions only they need. The last two releases are kept, and each that a Worker ran within a
 * day. A release names all of its functions, also those that others of them call.
 */
export function planDrop(releases: readonly Release[], now: Date) {
  const isCalled = ({ called_at: at }: Release) =>
    at !== null && now.getTime() - at.getTime() < CALLED_WITHIN_MS
  const newestFirst = releases.toSorted((a, b) => b.applied_at.getTime() - a.applied_at.getTime())
  const over = newestFirst.slice(KEPT).filter((release) => !isCalled(release))
  const needed = new Set(
    newestFirst.filter((release) => !over.includes(release)).flatMap(({ functions }) => functions),
  )
  const names = new Set(over.flatMap(({ functions }) => functions))
  return {
    releases: over.map(({ id }) => id),
    functions: [...names].filter((name) => !needed.has(name)).sort(),
  }
}

/** Drops what old releases leave behind; resolves with what is gone, by name and parameters. */
export async function dropFunctionsOfOldReleases(client: pg.Client): Promise<string[]> {
  const { rows: releases } = await client.query<Release>(
    'select id, functions, applied_at, called_at from release',
  )
  const { releases: over, functions } = planDrop(releases, new Date())
  const { rows } = await client.query<{ identity: string }>(
    `select oid::regprocedure::text as identity from pg_proc
     where pronamespace = current_schema()::regnamespace and proname = any($1) order by 1`,
    [functions],
  )
  for (const { identity } of rows) await client.query(`drop function ${identity}`)
  await client.query('delete from release where id = any($1)', [over])
  return rows.map(({ identity }) => identity)
}
