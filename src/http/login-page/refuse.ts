import type { Context as HonoContext } from 'hono'
import type { Refusal } from '#kernel/error'
import type { Env } from '../env.ts'
import { showLogin, showMessage } from './show.ts'

/**
 * A refusal as the person at the page reads it: the page once more, or one that says why there is none. @param problem the answer that a program
 * would get; its status and its headers stay.
 */
export async function refuseOnPage(
  c: HonoContext<Env>,
  { code }: Refusal,
  problem: Response,
): Promise<Response> {
  const { shown, client = null, failure, message = { refusal: code } } = c.get('page') ?? {}
  const { html, headers } = await (shown === undefined
    ? showMessage(c, client, message)
    : showLogin(c, shown, failure === undefined ? { refusal: code } : { failure }))
  const all = new Headers(problem.headers)
  for (const [name, value] of Object.entries(headers)) all.set(name, value)
  return new Response(html, { status: problem.status, headers: all })
}
