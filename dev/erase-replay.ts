import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { makeKeyring, newOutcome } from '#core/context'
import { ErasedPeople, repeatErasures } from '#core/privacy'
import { connectDatabase } from '#db/database'
import { statementListsPath } from '#db/statement-lists'
import { loadEnvironmentOfStart, withExplainedDatabaseErrors } from './command-database-url.ts'
import { readArgs, runCommandOrPrintUsage } from './command-line.ts'
import { root } from './run.ts'
import { readTenantSettings } from './wrangler-settings.ts'

type Environment = Readonly<Record<string, string | undefined>>

const NAME = 'npm run erase:replay'
const usage = `${NAME} -- --from FILE|URL [--tenant KEY]

Erases again the customers that a restored backup has brought back. FILE or URL has the answers of GET /erasure: whole pages, or one erasure per line.
KEY is the name of the shop in [vars.tenants.KEY]. A project with only one shop does not need --tenant.
ERASURE_TOKEN is the bearer token for URL. DATABASE_URL and MASTER_SECRET must be the secrets of the service.`

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

async function fileAt(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw new Error(`--from ${path} cannot be read`, { cause: error })
  }
}

/** The whole list, with all pages of a feed that is read by a URL. */
async function listFrom(from: string, token: string | undefined): Promise<ErasedPeople[]> {
  if (!/^https?:/.test(from)) return readList(await fileAt(from)).list
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
export async function repeatErasuresAfterRestore(
  args: readonly string[],
  env: Environment,
): Promise<string> {
  const options = { from: { type: 'string' }, tenant: { type: 'string' } } as const
  const { from, tenant } = readArgs(args, { name: NAME, options }).values
  if (from === undefined) throw new Error(`--from is missing: ${NAME} -- --help says what it is`)
  return withExplainedDatabaseErrors(env.DATABASE_URL, NAME, () => eraseFrom(from, tenant, env))
}

/** The shop of a project that has one. */
function onlyTenant(): string {
  const [[tenant] = [], ...others] = readTenantSettings(join(root, 'wrangler.toml'))
  if (tenant !== undefined && others.length === 0) return tenant
  throw new Error(`--tenant is missing: ${NAME} -- --help says what it is`)
}

async function eraseFrom(
  from: string,
  given: string | undefined,
  env: Environment,
): Promise<string> {
  const { DATABASE_URL = '', DATABASE_FETCH_ENDPOINT, MASTER_SECRET, ERASURE_TOKEN } = env
  if (!MASTER_SECRET)
    throw new Error('MASTER_SECRET is missing: set it to the MASTER_SECRET of the service')
  const tenant = given ?? onlyTenant()
  const list = await listFrom(from, ERASURE_TOKEN)
  const lists = async () =>
    JSON.parse(await readFile(join(root, 'src', 'assets', statementListsPath), 'utf8'))
  const { erased, before, unknown, merged } = await repeatErasures(
    {
      tenant,
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
          `${merged} not erased: they share a merge or an address with a customer that is not in the list. Undo that merge, or erase that guest. Then run this command again`,
        ]
      : []),
  ].join('\n')
}

if (import.meta.main) {
  await runCommandOrPrintUsage(usage, (args) => {
    loadEnvironmentOfStart()
    return repeatErasuresAfterRestore(args, process.env)
  })
}
