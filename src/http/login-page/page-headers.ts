import { createHash } from 'node:crypto'

/** A page as it is shown. */
export type Page = {
  readonly html: string
  readonly style: string
  /** Null: it runs none. */
  readonly script: string | null
  /** The other origins to which the answer to its form may redirect. */
  readonly leadsTo: readonly string[]
  readonly image: string | null
}

/**
 * What a browser may do with the page. It loads nothing, is shown in no frame, and sends its form only here. Chrome
 * also checks the redirect after a form is sent, so the origins of the client and of the providers are named too. With `no-referrer` the form's own `Origin` would be `null`.
 */
export function pageHeaders({
  style,
  script,
  leadsTo,
  image,
}: Page): Readonly<Record<string, string>> {
  const digestOf = (text: string) => createHash('sha256').update(text).digest('base64')
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${digestOf(style)}'`,
    ...(script === null ? [] : [`script-src 'sha256-${digestOf(script)}'`]),
    ...(image === null ? [] : [`img-src ${new URL(image).origin}`]),
    ["form-action 'self'", ...new Set(leadsTo.map(sourceOf))].join(' '),
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ]
  return {
    'Content-Type': 'text/html; charset=UTF-8',
    'Content-Security-Policy': policy.join('; '),
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'same-origin',
  }
}

/** A URI as a source of a Content-Security-Policy. The policy has no syntax for IPv6 addresses. */
function sourceOf(uri: string): string {
  const { origin, hostname, protocol } = new URL(uri)
  return hostname.startsWith('[') ? protocol : origin
}
