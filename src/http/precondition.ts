import { createHash } from 'node:crypto'
import type { Context as HonoContext } from 'hono'
import type { Precondition } from '#core/context'
import { Refusal } from '#kernel/error'
import type { Access } from './access.ts'
import type { Env } from './env.ts'

/** The opaque part of an entity tag is the version; weak, for counters may differ under one version. */
export const etag = (version: number): string => `W/"${version}"`

/** The tag of a resource with work in the background. It is valid in If-Match. No later answer has the same tag. */
export const etagOfRunningWork = (version: number): string => `W/"${RUNNING}${version}"`
const RUNNING = 'running.'

/** What stands in a resource of another noun: that resource and its version. */
type Shown = { readonly id: string; readonly version: number }

/** The tag of a resource that includes another one. In If-Match its own version counts. The tag also changes when the other resource changes. */
export const etagWithShownResource = (version: number, shown: Shown): string =>
  `W/"${version}.${shown.id}.${shown.version}"`

/** The tag of what has no version, such as counters: it is made of the content. */
export const etagOfContent = (content: unknown): string =>
  `W/"${createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 22)}"`

/** A version that no resource has. */
const FOREIGN = -1

/** The version that an entity tag names for a write. Weak and strong tags count alike. */
function versionIn(tag: string): number {
  const version = /"(?:running\.)?([1-9]\d{0,15})(?:\.[a-z]+_\w+\.\d+)?"$/.exec(tag)?.[1]
  return version !== undefined && Number.isSafeInteger(Number(version)) ? Number(version) : FOREIGN
}

/** For `If-None-Match`: a resource on which work goes on has no version that is known. */
const settledVersionIn = (tag: string): number =>
  tag.includes(`"${RUNNING}`) ? FOREIGN : versionIn(tag)

/** A tag that is made of the content. */
const CONTENT_TAG = /"[\w-]{22}"$/

/** Whether a header consists of tags that this service never gives. */
export const hasOnlyForeignTags = (header: string): boolean =>
  header.trim() !== '*' &&
  (header.match(tags) ?? []).every((tag) => versionIn(tag) === FOREIGN && !CONTENT_TAG.test(tag))

const UNTAGGED =
  'This resource has no `ETag`, so no version can match. Leave `If-Match` and `If-None-Match` out.'

/** RFC 9110, 8.8.3: a tag may hold commas, but no blanks and no quotes. */
const TAG = String.raw`(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"`
const tags = new RegExp(TAG, 'g')
/** A list may have empty elements, but not only those (RFC 9110, 5.6.1). */
const listOfTags = new RegExp(String.raw`^[\s,]*${TAG}(?:\s*,[\s,]*${TAG})*[\s,]*$`)

/** What the tags say that If-Match or If-None-Match names; several lines of a header come joined by commas. */
function readTags<T>(
  c: HonoContext<Env>,
  name: 'If-Match' | 'If-None-Match',
  read: (tag: string) => T,
): readonly T[] | '*' | null {
  const header = c.req.header(name)
  if (header === undefined) return null
  if (header.trim() === '*') return '*'
  if (!listOfTags.test(header)) {
    throw new Refusal('malformed_request', {
      detail: `\`${name}\` must be \`*\` or the \`ETag\` of an answer with its quotes, such as \`W/"3"\`.`,
    })
  }
  return (header.match(tags) ?? []).map(read)
}

/**
 * The preconditions of a request. Refuses `malformed_request` for a header that is neither a list of tags nor `*`, and
 * `precondition_failed` where resources have no tags: none can match then, and `*` does.
 */
export function readPrecondition(
  c: HonoContext<Env>,
  { conditional }: Access,
): Precondition | null {
  if (conditional === undefined) return null
  const match = readTags(c, 'If-Match', versionIn)
  const noneMatch = readTags(c, 'If-None-Match', settledVersionIn)
  if (match === null && noneMatch === null) return null
  if (conditional === true) return { match, noneMatch }
  if (Array.isArray(match) || noneMatch === '*')
    throw new Refusal('precondition_failed', { detail: UNTAGGED })
  return null
}

/** The part of a tag that is compared: weak and strong tags count alike. */
const opaque = (tag: string): string => tag.replace(/^W\//, '')
/** The same whether work goes on or not. */
const settled = (tag: string): string => opaque(tag).replace(`"${RUNNING}`, '"')

/**
 * Answers a read 304 when the caller has this version already; the use cases of writes heed their conditions themselves. For a merged customer the answer is the survivor (Content-Location), whose versions are its own. So its tag is not compared. Refuses
 * `precondition_failed`.
 */
export function applyReadPreconditions(c: HonoContext<Env>): void {
  const { headers } = c.res
  const tag = headers.get('ETag')
  if (tag === null || headers.has('Content-Location')) return
  const match = readTags(c, 'If-Match', settled) ?? '*'
  if (match !== '*' && !match.includes(settled(tag))) {
    c.res = undefined
    throw new Refusal('precondition_failed')
  }
  const noneMatch = readTags(c, 'If-None-Match', opaque) ?? []
  if (tag.includes(RUNNING)) return
  if (noneMatch === '*' || noneMatch.includes(opaque(tag))) {
    c.res = new Response(null, { status: 304 })
  }
}
