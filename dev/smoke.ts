import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { asksForHelp, failureSentence, readArgs } from './command-line.ts'
import { type Access, expectStatus, serviceAt } from './smoke/service.ts'
import { SkippedStep, steps } from './smoke/steps.ts'

const usage = `npm run smoke -- --url https://customer.example.com

Asks a running service whether its parts work: token, customer, webhook, queue, mail, cron.
Takes CLIENT_ID and CLIENT_SECRET of a service from the environment. Without them it takes TOKEN.
The client needs the scopes customer:read, customer:write, event:read and webhook:write. The test creates a guest and deletes it.

  --url URL   the URL of the service
  --help      prints this text

For npm start: CLIENT_ID=dev CLIENT_SECRET=dev npm run smoke -- --url http://localhost:8787`

const PAUSE_MS = 5000
const ALL_MS = 75_000
const Grant = z.object({ access_token: z.string(), scope: z.string().optional() })

type Smoke = {
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly say: (line: string) => void
  /** Says what is wrong with the command; as `say` if it is not given. */
  readonly complain?: (line: string) => void
  readonly fetch?: typeof fetch
  readonly signal?: AbortSignal
  readonly pause?: () => Promise<void>
}

/** Tries each part of a running service, and says of each whether it works. Resolves with the exit code. */
export async function smoke({ args, env, say, ...world }: Smoke): Promise<number> {
  let url: string
  try {
    if (asksForHelp(args)) {
      say(usage)
      return 0
    }
    url = urlOf(args)
  } catch (error) {
    ;(world.complain ?? say)(failureSentence(error))
    return 1
  }
  const { fetch: send = fetch, signal = AbortSignal.timeout(ALL_MS) } = world
  const pause = world.pause ?? (() => wait(PAUSE_MS, undefined, { signal }))
  let broken = 0
  const run = async <T>(name: string, work: () => Promise<readonly [T, string]>) => {
    try {
      const [result, sentence] = await work()
      say(`ok      ${name}: ${sentence}`)
      return result
    } catch (error) {
      if (error instanceof SkippedStep) {
        say(`skipped ${name}: ${error.message}`)
        return null
      }
      broken++
      say(`BROKEN  ${name}: ${signal.aborted ? 'no answer in time' : said(error)}`)
      return null
    }
  }
  const access = { url, fetch: send, signal }
  const token = await run('token', () => getToken(access, env))
  if (token === null) return 1
  const service = serviceAt({ ...access, token })
  for (const [name, step] of Object.entries(steps)) {
    await run(name, async () => [null, await step(service, pause)])
  }
  return broken === 0 ? 0 : 1
}

const NAME = 'npm run smoke'

function urlOf(args: readonly string[]): string {
  const { url } = readArgs(args, { name: NAME, options: { url: { type: 'string' } } }).values
  if (url === undefined) throw new Error(`--url is missing: ${NAME} -- --help says what it is`)
  const read = /^https?:\/\//i.test(url) ? URL.parse(url) : null
  if (read === null) {
    throw new Error(
      `--url ${url} is not a URL: a URL begins with https:// (on this machine also http://)`,
    )
  }
  if (read.search + read.hash !== '') throw new Error(`--url ${url} must have no ? and no #`)
  return read.origin + read.pathname.replace(/\/+$/, '')
}

async function getToken(
  access: Omit<Access, 'token'>,
  { CLIENT_ID: id, CLIENT_SECRET: secret, TOKEN: token }: Smoke['env'],
): Promise<readonly [string, string]> {
  const { ask } = serviceAt({ ...access, token: null })
  expectStatus('GET /healthz', await ask('GET', '/healthz'), 200)
  expectStatus('GET /readyz', await ask('GET', '/readyz'), 200)
  if (!id || !secret) {
    if (id || secret) throw new Error('CLIENT_ID and CLIENT_SECRET must both be set')
    if (!token) throw new Error('CLIENT_ID and CLIENT_SECRET, or TOKEN, must be set')
    const asked = await serviceAt({ ...access, token }).ask('GET', '/customer?limit=1')
    // A scope that it lacks is told by the step that needs it.
    if (asked.status !== 403)
      expectStatus('TOKEN of the environment is not accepted: GET /customer', asked, 200)
    return [token, 'TOKEN of the environment']
  }
  const form = { grant_type: 'client_credentials', client_id: id, client_secret: secret }
  const answer = await ask('POST', '/oauth/token', new URLSearchParams(form))
  expectStatus(`POST ${access.url}/oauth/token`, answer, 200)
  const grant = Grant.parse(answer.body)
  if (grant.scope === 'customer:register') {
    throw new Error(
      `${id} is a storefront's client (customer:register): use the client of a service`,
    )
  }
  return [grant.access_token, `given to CLIENT_ID ${id}`]
}

/** A failure of the network says its reason in its cause. */
function said(error: unknown): string {
  if (error instanceof z.ZodError)
    return 'the answer has another form than in this version of the service'
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message}: ${said(error.cause)}` : error.message
}

if (import.meta.main) {
  process.exit(
    await smoke({
      args: process.argv.slice(2),
      env: process.env,
      say: (line) => console.log(line),
      complain: (line) => console.error(line),
    }),
  )
}
