import { readFileSync } from 'node:fs'
import { Cron } from 'croner'
import { parse } from 'smol-toml'
import { z } from 'zod'

const Triggers = z.object({ triggers: z.object({ crons: z.array(z.string()) }).optional() })

/** The cron expressions of a wrangler configuration. */
export function readCrons(configFile: string): string[] {
  const { triggers } = Triggers.parse(parse(readFileSync(configFile, 'utf8')))
  return triggers?.crons ?? []
}

/** Calls with each expression whenever it is due (UTC), as Cloudflare does; returns the stop. */
export function startCrons(
  expressions: readonly string[],
  onDue: (expression: string, due: Date) => void,
): () => void {
  const jobs = expressions.map((expression) => {
    // Timers may ring a little late; what is due is the minute, not the moment.
    const ring = (job: Cron) => onDue(expression, job.currentRun() ?? new Date())
    return new Cron(expression, { timezone: 'UTC' }, ring)
  })
  return () => {
    for (const job of jobs) job.stop()
  }
}

/** Runs the worker's scheduled handler, which wrangler has at an address of its own. */
export async function fireCron(
  url: string,
  cron: string,
  due: Date,
  print: (line: string) => void,
): Promise<void> {
  const query = new URLSearchParams({ cron, time: String(due.getTime()) })
  const response = await fetch(`${url}/cdn-cgi/handler/scheduled?${query}`).catch(() => undefined)
  await response?.body?.cancel()
  if (!response?.ok) print(`cron ${cron} failed`)
}
