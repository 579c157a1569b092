/** A loopback URI, at which a native app listens on its own machine. */
const LOOPBACK = /^(http:\/\/(?:127\.0\.0\.1|\[::1\]))(?::([1-9]\d{0,4}))?((?:[/?].*)?)$/

const HIGHEST_PORT = 65_535

/** A loopback URI without its port; null for another URI, and for a port that there is not. */
function withoutPort(uri: string): string | null {
  const [, host, port = '1', rest] = LOOPBACK.exec(uri) ?? []
  return host === undefined || Number(port) > HIGHEST_PORT ? null : `${host}${rest}`
}

/**
 * Whether a URI is registered for a client. URIs are compared exactly. The port of a loopback address is ignored (RFC 8252, 7.3), because native apps get it when they start.
 */
export function isRegisteredRedirectUri(registered: readonly string[], uri: string): boolean {
  if (registered.includes(uri)) return true
  const bare = withoutPort(uri)
  return bare !== null && registered.some((one) => withoutPort(one) === bare)
}

/** A URI with more parameters. What it has already stays as it is. */
export function withParameters(uri: string, parameters: Readonly<Record<string, string>>): string {
  const added = new URLSearchParams(parameters).toString()
  return `${uri}${uri.includes('?') ? '&' : '?'}${added}`
}
