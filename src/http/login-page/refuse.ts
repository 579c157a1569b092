import type { Context as HonoContext } from 'hono'
import type { Refusal, RefusalCode } from '#kernel/error'
import type { Env } from '../env.ts'
import { showLogin, showMessage } from './show.ts'
import type { MessageView } from './view-types.ts'

/** A form that cannot be read, or is another site's, is of no page that is open here. */
const messageOf = (code: RefusalCode): MessageView['message'] =>
  code === 'invalid_request' || code === 'caller_not_allowed' ? 'lost' : { refusal: code }

/**
 * Shows a refusal to a person: the same page again or, if it cannot be shown, a page with the reason. @param problem the answer that a program
 * would get; its status and its headers stay.
 */
export async function refuseOnPage(
  c: HonoContext<Env>,
  { code }: Refusal,
  problem: Response,
): Promise<Response> {
  const { shown, client = null, failure, message = messageOf(code) } = c.get('page') ?? {}
  const { html, headers } = await (shown === undefined
    ? showMessage(c, client, message, code)
    : showLogin(c, shown, failure === undefined ? { refusal: code } : { failure }))
  const all = new Headers(problem.headers)
  for (const [name, value] of Object.entries(headers)) all.set(name, value)
  return new Response(html, { status: problem.status, headers: all })
}
