import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { newOutcome } from '#core/context'
import {
  type DeadLetter,
  findDeadLetterOfOperator,
  listDeadLettersOfOperator,
  replayDeadLetterOfOperator,
} from '#core/dead-letter'
import { connectDatabase } from '#db/database'
import { statementListsPath } from '#db/statement-lists'
import { Refusal } from '#kernel/error'
import { isId } from '#kernel/id'
import { loadEnvironmentOfStart, withExplainedDatabaseErrors } from './command-database-url.ts'
import { readArgs, runCommandOrPrintUsage } from './command-line.ts'
import { root } from './run.ts'

type Environment = Readonly<Record<string, string | undefined>>
type Runner = Parameters<typeof replayDeadLetterOfOperator>[0]

const usage = `npm run dead-letter                     the newest letters that belong to no configured tenant, one line of JSON for each
npm run dead-letter -- --after ID       the letters that are older than ID
npm run dead-letter -- show ID          one letter with its whole message
npm run dead-letter -- replay ID        runs the letter's job again, for the tenant that the message names

DATABASE_URL names the database. Without it, the command uses the database of a running npm start, which it finds by DATA_DIR.`

/** The operator's command for the dead letters that belong to no tenant. Resolves with what it prints. */
export async function runDeadLetterCommand(
  args: readonly string[],
  env: Environment,
): Promise<string> {
  const name = 'npm run dead-letter'
  const options = { after: { type: 'string' } } as const
  const { values, positionals } = readArgs(args, { name, options, words: true })
  return withExplainedDatabaseErrors(env.DATABASE_URL, name, () =>
    answer(connected(env), positionals, values.after),
  )
}

function answer(runner: Runner, words: readonly string[], after: string | undefined) {
  const [verb = 'list', id, ...rest] = words
  if (after !== undefined && !isId('deadLetter', after)) {
    throw new Error('--after needs the id of a letter, as the list shows it')
  }
  if (verb === 'list' && id === undefined) return list(runner, after)
  if (id !== undefined && rest.length === 0) {
    if (verb === 'show') return show(runner, id).catch(explainMissing)
    if (verb === 'replay') return replay(runner, id).catch(explainMissing)
  }
  if (verb === 'show' || verb === 'replay')
    throw new Error(`${verb} needs one id: npm run dead-letter -- ${verb} ID`)
  throw new Error(`${words.join(' ')} is no command: npm run dead-letter -- --help lists them`)
}

/** Letters of a tenant are not the operator's, so the advice of the API would lead nowhere. */
function explainMissing(error: unknown): never {
  throw error instanceof Refusal && error.code === 'dead_letter_not_found'
    ? new Error(
        'There is no letter with this id that belongs to no tenant: npm run dead-letter lists such letters',
      )
    : error
}

const show = async (runner: Runner, id: string): Promise<string> =>
  JSON.stringify(await findDeadLetterOfOperator(runner, id), null, 2)

function connected({ DATABASE_URL = '', DATABASE_FETCH_ENDPOINT }: Environment): Runner {
  const lists = async () =>
    JSON.parse(await readFile(join(root, 'src', 'assets', statementListsPath), 'utf8'))
  const db = connectDatabase(DATABASE_URL, { endpoint: DATABASE_FETCH_ENDPOINT, lists })
  return { db, now: new Date(), outcome: newOutcome() }
}

const AT_ONCE = 50

async function list(runner: Runner, after: string | undefined): Promise<string> {
  const { letters, isLast } = await listDeadLettersOfOperator(runner, { after, limit: AT_ONCE })
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
  const { tenant, hasJob } = await replayDeadLetterOfOperator(runner, id)
  return hasJob
    ? `The job of tenant ${tenant} runs within two minutes, once that tenant is configured.`
    : `Tenant ${tenant} has no such job (any more): nothing is left to do.`
}

if (import.meta.main) {
  await runCommandOrPrintUsage(usage, (args) => {
    loadEnvironmentOfStart()
    return runDeadLetterCommand(args, process.env)
  })
}
