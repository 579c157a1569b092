import type { Client } from '#core/identity'
import { printForDeveloper } from '#kernel/log'

const LONGEST = 200

/**
 * Tells the developer at the terminal of `npm start` why the login page refuses a client. The page itself tells nobody, because a stranger may
 * have sent the browser there.
 */
export function explainUntrustedRedirect(client: Client, redirectUri: string | null): void {
  const uri = redirectUri === null ? undefined : shownOf(redirectUri)
  printForDeveloper(
    uri === undefined
      ? `The login page refused a request of the client ${client.id}: it has no valid redirect_uri.`
      : `The login page refused ${uri}: it is not in redirect_uris of the client ${client.id} (wrangler.toml).`,
  )
}

/** Without a query, which may have a secret. */
function shownOf(redirectUri: string): string | undefined {
  if (!URL.canParse(redirectUri)) return undefined
  const { origin, pathname } = new URL(redirectUri)
  return `${origin}${pathname}`.slice(0, LONGEST)
}
