import type pg from 'pg'
import type { listStatement } from '../src/core/customer/list/list-statement.ts'
import { examinedRows } from './examined-rows.ts'

type Explained = {
  'QUERY PLAN': [{ Plan: Parameters<typeof examinedRows>[0]; 'Planning Time': number }]
}
type Found = { readonly ids: readonly string[]; readonly position: unknown }
type Work = {
  /** Rows and index entries that were read. */
  readonly examined: number
  /** Milliseconds. */
  readonly planning: number
  /** The steps that were carried out. */
  readonly steps: number
}

const settings = ['enable_seqscan', 'enable_bitmapscan', 'enable_sort', 'jit']

/** What finding a page takes: carries out the steps of the search as the function `find_page` does, and explains each. */
export async function explainPageSearch(
  client: pg.ClientBase,
  { bound }: ReturnType<typeof listStatement>,
): Promise<Work> {
  const [, , [first = '', ...others], otherwise, values, kept] = bound as [
    string,
    string,
    string[],
    string | null,
    string[],
    number | null,
  ]
  for (const name of settings) await client.query(`set ${name} = off`)
  await client.query(
    'set max_parallel_workers_per_gather = 0; set plan_cache_mode = force_generic_plan',
  )
  const work = { examined: 0, planning: 0, steps: 0 }
  const formatted = async (template: string, of: readonly string[]): Promise<string> => {
    const text = 'select format($1, variadic $2::text[]) as sent'
    return (await client.query<{ sent: string }>(text, [template, of])).rows[0]?.sent ?? ''
  }
  const carryOut = async (sent: string) => {
    const { rows } = await client.query<Found>(sent)
    const [explained] = (await client.query<Explained>(`explain (analyze, format json) ${sent}`))
      .rows
    const [plan] = explained?.['QUERY PLAN'] ?? []
    work.steps++
    work.examined += plan === undefined ? 0 : examinedRows(plan.Plan)
    work.planning += plan?.['Planning Time'] ?? 0
    return rows[0]
  }
  let found: Found | undefined
  if (kept !== null) {
    const places = Array.from({ length: kept }, (_, i) => i + 1)
    const text = first.replaceAll('$L', '$s')
    await client.query(
      `prepare kept as ${await formatted(
        text,
        places.map((n) => `$${n}`),
      )}`,
    )
    const call = `execute kept(${places.map((n) => `%${n}$L`).join(', ')})`
    found = await carryOut(await formatted(call, values))
    await client.query('deallocate kept')
  }
  for (const step of kept === null ? [first, ...others] : others) {
    found ??= await carryOut(await formatted(step, values))
  }
  const isNobody = found?.ids.length === 0 && found.position === null
  if (otherwise !== null && isNobody) await carryOut(await formatted(otherwise, values))
  return work
}
