import { Refusal } from '#kernel/error'

/** The opaque part of an entity tag is the version; weak, for counters may differ under one version. */
export const etag = (version: number): string => `W/"${version}"`

/** No real version, so that it never matches. */
const FOREIGN = -1

/** The version in If-Match (RFC 9110); null without one, and for `*`, which any existing resource matches. */
export function readIfMatch(header: string | undefined): number | null {
  if (header === undefined || header.trim() === '*') return null
  const tag = /^\s*(?:W\/)?"([\x21\x23-\x7e]*)"\s*$/.exec(header)?.[1]
  if (tag === undefined) throw new Refusal('malformed_request')
  return /^[1-9]\d{0,8}$/.test(tag) ? Number(tag) : FOREIGN
}
