import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { makeKeyring, newOutcome } from '#core/context'
import { ErasedPeople, repeatErasures } from '#core/privacy'
import { connectDatabase } from '#db/database'
import { statementListsPath } from '#db/statement-lists'
import { Refusal, refusals } from '#kernel/error'
import { root } from './run.ts'

/** What `npm start` wrote, for a database on this machine. */
const local = join(root, '.data', 'env')

type Environment = Readonly<Record<string, string | undefined>>

const usage = `npm run erase:replay -- --from FILE|URL [--tenant KEY]

Erases again whom a restored backup has brought back. FILE or URL has what GET /erasure answered: pages, or one erasure a line.
ERASURE_TOKEN is sent with a request to a URL. DATABASE_URL and MASTER_SECRET are those of the service.`

const Page = z.looseObject({
  data: z.array(ErasedPeople),
  pagination: z.looseObject({ nextCursor: z.string().nullable() }),
})

/** Reads pages of the feed, or erasures, one JSON value a line or one in all. */
function readList(text: string): { list: ErasedPeople[]; next: string | null } {
  const values = isJson(text)
    ? [JSON.parse(text)]
    : text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => JSON.parse(line))
  let next: string | null = null
  const list = values.flatMap((value) => {
    const page = Page.safeParse(value)
    if (page.success) next = page.data.pagination.nextCursor
    return page.success ? page.data.data : [ErasedPeople.parse(value)]
  })
  return { list, next }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** The whole list, with all pages of a feed that is read by a URL. */
async function listFrom(from: string, token: string | undefined): Promise<ErasedPeople[]> {
  if (!/^https?:/.test(from)) return readList(await readFile(from, 'utf8')).list
  const all: ErasedPeople[] = []
  for (let url = new URL(from); ; ) {
    const response = await fetch(url, {
      headers: token ? { Authorization: `Bearer ${token}` } : {},
    })
    if (!response.ok) throw new Error(`${url.host} answered ${response.status}`)
    const { list, next } = readList(await response.text())
    all.push(...list)
    if (next === null) return all
    url = new URL(url)
    url.searchParams.set('cursor', next)
  }
}

/** The operator's command after a restore. Resolves with what it prints. */
export async function eraseAgain(args: readonly string[], env: Environment): Promise<string> {
  const { values } = parseArgs({
    args: [...args],
    options: { from: { type: 'string' }, tenant: { type: 'string', default: 'demo' } },
  })
  if (values.from === undefined) throw new Error(usage)
  const { DATABASE_URL, DATABASE_FETCH_ENDPOINT, MASTER_SECRET, ERASURE_TOKEN } = env
  if (!DATABASE_URL) throw new Error('DATABASE_URL is missing')
  if (!MASTER_SECRET) throw new Error('MASTER_SECRET is missing')
  const list = await listFrom(values.from, ERASURE_TOKEN)
  const lists = async () =>
    JSON.parse(await readFile(join(root, 'src', 'assets', statementListsPath), 'utf8'))
  const { erased, before, unknown, merged } = await repeatErasures(
    {
      tenant: values.tenant,
      actor: { type: 'system', id: 'erase:replay' },
      now: new Date(),
      requestId: null,
      keyring: makeKeyring(MASTER_SECRET),
      db: connectDatabase(DATABASE_URL, { endpoint: DATABASE_FETCH_ENDPOINT, lists }),
      outcome: newOutcome(),
    },
    list,
  )
  return [
    `${erased} erased, ${before} erased before, ${unknown} unknown`,
    ...(merged > 0
      ? [
          `${merged} left: a merge or a common address ties them to a customer that the list does not name. Undo that merge, or erase that guest, then run this again`,
        ]
      : []),
  ].join('\n')
}

async function main(): Promise<void> {
  if (!process.env.DATABASE_URL && existsSync(local)) process.loadEnvFile(local)
  console.log(await eraseAgain(process.argv.slice(2), process.env))
}

if (import.meta.main) {
  await main().catch((error: unknown) => {
    const said = error instanceof Refusal ? refusals[error.code] : error
    console.error(said instanceof Error ? said.message : said)
    process.exitCode = 1
  })
}
