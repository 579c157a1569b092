import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import { explainUnknownName } from '../src/config/explain.ts'
import { Refusal, refusals } from '../src/kernel/error.ts'

type Syntax<O extends ParseArgsOptionsConfig> = {
  /** How the command is called: `npm run migrate`. */
  readonly name: string
  readonly options?: O
  /** Whether words that are no options may stand behind the command. */
  readonly words?: boolean
}

/** Reads what stands behind a command. Refuses an option that it does not have in one sentence. */
export function readArgs<const O extends ParseArgsOptionsConfig = Record<never, never>>(
  args: readonly string[],
  { name, options = {} as O, words = false }: Syntax<O>,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: words })
  } catch (error) {
    const [what = ''] = failureSentence(error).split('. ')
    const asked = /^Unknown option '--([\w-]+)'$/.exec(what)?.[1] ?? ''
    const meant = /did you mean (.+)\?$/.exec(
      explainUnknownName(asked, [...Object.keys(options), 'help']),
    )?.[1]
    const hint = meant === undefined ? '' : `; did you mean --${meant}?`
    throw new Error(`${what}${hint || ':'} ${name} -- --help lists all options`)
  }
}

/** What a failed command says: one sentence. */
export function failureSentence(error: unknown): string {
  if (error instanceof Refusal) return refusals[error.code]
  return error instanceof Error ? error.message : String(error)
}

/** Whether a command is to say how it is used, and to do nothing else. */
export const asksForHelp = (args: readonly string[]): boolean =>
  args.includes('--help') || args.includes('-h')

/** The arguments of a script that is its own command: it ends here if it was asked for help, or if they are wrong. */
export function readArgsOrExit<const O extends ParseArgsOptionsConfig>(
  usage: string,
  syntax: Syntax<O>,
) {
  const args = process.argv.slice(2)
  try {
    if (!asksForHelp(args)) return readArgs(args, syntax)
    console.log(usage)
    process.exit(0)
  } catch (error) {
    console.error(failureSentence(error))
    process.exit(1)
  }
}

/** Runs a command of the project: prints its usage if that was asked for, what it did, or why it failed. */
export async function runCommandOrPrintUsage(
  usage: string,
  work: (args: readonly string[]) => Promise<string | undefined>,
): Promise<void> {
  const args = process.argv.slice(2)
  try {
    const said = asksForHelp(args) ? usage : await work(args)
    if (said !== undefined) console.log(said)
  } catch (error) {
    console.error(failureSentence(error))
    process.exitCode = 1
  }
}
