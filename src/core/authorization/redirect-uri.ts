/** What a native app listens at: this machine, by its address. */
const LOOPBACK = /^(http:\/\/(?:127\.0\.0\.1|\[::1\]))(?::([1-9]\d{0,4}))?((?:[/?].*)?)$/

const HIGHEST_PORT = 65_535

/** A loopback URI without its port; null for another URI, and for a port that there is not. */
function withoutPort(uri: string): string | null {
  const [, host, port = '1', rest] = LOOPBACK.exec(uri) ?? []
  return host === undefined || Number(port) > HIGHEST_PORT ? null : `${host}${rest}`
}

/**
 * Whether a client may be answered at a URI: it is registered, letter by letter. Native apps get their port from the system when they start, so
 * the port of a loopback address counts for nothing (RFC 8252, 7.3).
 */
export function isRegistered(registered: readonly string[], uri: string): boolean {
  if (registered.includes(uri)) return true
  const bare = withoutPort(uri)
  return bare !== null && registered.some((one) => withoutPort(one) === bare)
}

/** A URI with more parameters. What it has already stays as it is. */
export function withParameters(uri: string, parameters: Readonly<Record<string, string>>): string {
  const added = new URLSearchParams(parameters).toString()
  return `${uri}${uri.includes('?') ? '&' : '?'}${added}`
}
