import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { newOutcome } from '#core/context'
import {
  type DeadLetter,
  findOperatorLetter,
  listOperatorLetters,
  replayOperatorLetter,
} from '#core/dead-letter'
import { connectDatabase } from '#db/database'
import { statementListsPath } from '#db/statement-lists'
import { Refusal, refusals } from '#kernel/error'
import { root } from './run.ts'

/** What `npm start` wrote, for a database on this machine. */
const local = join(root, '.data', 'env')

type Environment = Readonly<Record<string, string | undefined>>
type Runner = Parameters<typeof replayOperatorLetter>[0]

const usage = `npm run dead-letter                     the newest letters of no configured tenant, a line of JSON each
npm run dead-letter -- --after ID       the older ones
npm run dead-letter -- show ID          one letter with its whole message
npm run dead-letter -- replay ID        its work is done again, for the tenant that the message names`

/** The operator's command for the dead letters that belong to no tenant. Resolves with what it prints. */
export async function runDeadLetterCommand(
  args: readonly string[],
  env: Environment,
): Promise<string> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { after: { type: 'string' } },
  })
  const [verb = 'list', id, ...rest] = positionals
  const runner = connected(env)
  if (verb === 'list' && id === undefined) return list(runner, values.after)
  if (id !== undefined && rest.length === 0) {
    if (verb === 'show') return JSON.stringify(await findOperatorLetter(runner, id), null, 2)
    if (verb === 'replay') return replay(runner, id)
  }
  throw new Error(usage)
}

function connected({ DATABASE_URL, DATABASE_FETCH_ENDPOINT }: Environment): Runner {
  if (!DATABASE_URL) throw new Error('DATABASE_URL is missing')
  const lists = async () =>
    JSON.parse(await readFile(join(root, 'src', 'assets', statementListsPath), 'utf8'))
  const db = connectDatabase(DATABASE_URL, { endpoint: DATABASE_FETCH_ENDPOINT, lists })
  return { db, now: new Date(), outcome: newOutcome() }
}

const AT_ONCE = 50

async function list(runner: Runner, after: string | undefined): Promise<string> {
  const { letters, isLast } = await listOperatorLetters(runner, { after, limit: AT_ONCE })
  const lines = letters.map((letter) => JSON.stringify(brief(letter)))
  const more = isLast ? [] : [`older ones: npm run dead-letter -- --after ${letters.at(-1)?.id}`]
  return lines.length === 0 ? 'no letters' : [...lines, ...more].join('\n')
}

const BRIEF = 200

/** A letter with the beginning of its message. */
function brief({ message, ...letter }: DeadLetter) {
  const text = JSON.stringify(message)
  return { ...letter, message: text.length > BRIEF ? `${text.slice(0, BRIEF)}…` : message }
}

async function replay(runner: Runner, id: string): Promise<string> {
  const { tenant, hasJob } = await replayOperatorLetter(runner, id)
  return hasJob
    ? `The job of tenant ${tenant} runs within two minutes, once that tenant is configured.`
    : `Tenant ${tenant} has no such job (any more): nothing is left to do.`
}

async function main(): Promise<void> {
  if (!process.env.DATABASE_URL && existsSync(local)) process.loadEnvFile(local)
  console.log(await runDeadLetterCommand(process.argv.slice(2), process.env))
}

if (import.meta.main) {
  await main().catch((error: unknown) => {
    const said = error instanceof Refusal ? refusals[error.code] : error
    console.error(said instanceof Error ? said.message : said)
    process.exitCode = 1
  })
}
