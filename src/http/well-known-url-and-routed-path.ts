import { getPath } from 'hono/utils/url'
import type { Runtime } from '../runtime.ts'

/** Documents whose place follows from an identifier that may have a path (RFC 8414, 3; RFC 9728, 3). */
type Document = 'oauth-authorization-server' | 'oauth-protected-resource'

/** The URL of a document: `/.well-known/` stands before the path of the identifier. */
export function wellKnownUrl(document: Document, identifier: string): string {
  const { origin, pathname } = new URL(identifier)
  return `${origin}/.well-known/${document}${pathname.replace(/\/$/, '')}`
}

const DOCUMENT = /^(\/\.well-known\/oauth-(?:authorization-server|protected-resource))(\/.+)$/

/** The path by which a request is routed. Clients append an issuer's path to the name of its well-known document (RFC 8414, 3.1). */
export function routedPath(request: Request, options?: { env?: Runtime }): string {
  const path = getPath(request)
  const [, document, behind] = DOCUMENT.exec(path) ?? []
  if (document === undefined || options?.env === undefined) return path
  return behind === new URL(options.env.config.publicUrl).pathname ? document : path
}
