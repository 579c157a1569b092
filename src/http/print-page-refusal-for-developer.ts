import type { Mistrust } from '#core/authorization'
import { printForDeveloper } from '#kernel/log'

const LONGEST = 200

/**
 * Tells the developer at the terminal of `npm start` why the login page refuses a request. The page itself shows nothing of the request, because a
 * stranger may have sent the browser there.
 */
export const printPageRefusalForDeveloper = (why: Mistrust, parameters: URLSearchParams): void =>
  printForDeveloper(
    `The login page refused a request: ${reasons[why](parameters)} (invalid_request)`,
  )

const reasons: Readonly<Record<Mistrust, (parameters: URLSearchParams) => string>> = {
  no_client_id: (parameters) => `${missing('client_id', parameters)}.`,
  unknown_client: (parameters) =>
    `no tenant has the client ${shown(parameters.get('client_id'))} (wrangler.toml).`,
  no_redirect_uri: (parameters) =>
    `${missing('redirect_uri', parameters)}. The client is ${shown(parameters.get('client_id'))}.`,
  unregistered_redirect_uri: (parameters) =>
    `${placeOf(parameters.get('redirect_uri'))} is not in redirect_uris of the client ${shown(parameters.get('client_id'))} (wrangler.toml).`,
}

const missing = (name: string, parameters: URLSearchParams): string =>
  parameters.getAll(name).length > 1
    ? `the parameter ${name} is repeated`
    : `the parameter ${name} is missing or empty`

/** On one line, and not endless. */
const shown = (text: string | null): string => JSON.stringify((text ?? '').slice(0, LONGEST))

/** Without a query, which may have a secret. */
function placeOf(redirectUri: string | null): string {
  if (redirectUri === null || !URL.canParse(redirectUri)) return 'redirect_uri is no URL: it'
  const { origin, pathname } = new URL(redirectUri)
  return origin === 'null' ? 'redirect_uri' : shown(`${origin}${pathname}`)
}
