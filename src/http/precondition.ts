import type { Context as HonoContext } from 'hono'
import { accepts, type Condition, isNamed } from '#core/context'
import { Refusal } from '#kernel/error'
import type { Access } from './access.ts'
import type { Env } from './env.ts'

/** The opaque part of an entity tag is the version; weak, for counters may differ under one version. */
export const etag = (version: number): string => `W/"${version}"`

/** The tag of a resource on which work goes on: it names the version for a write, and is never the tag of a later answer. */
export const etagOfRunning = (version: number): string => `W/"${RUNNING}${version}"`
const RUNNING = 'running.'

/** No real version, so that it never matches. */
const FOREIGN = -1

/** The version that an entity tag names. Weak and strong tags count alike. */
function versionIn(tag: string): number {
  const version = /"(?:running\.)?([1-9]\d{0,15})"$/.exec(tag)?.[1]
  return version !== undefined && Number.isSafeInteger(Number(version)) ? Number(version) : FOREIGN
}

/** RFC 9110, 8.8.3: a tag may hold commas, but no blanks and no quotes. */
const TAG = String.raw`(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"`
const tags = new RegExp(TAG, 'g')
/** A list may have empty elements, but not only those (RFC 9110, 5.6.1). */
const listOfTags = new RegExp(String.raw`^[\s,]*${TAG}(?:\s*,[\s,]*${TAG})*[\s,]*$`)

/** The versions that If-Match or If-None-Match names; several lines of a header come joined by commas. */
function readTags(header: string | undefined): readonly number[] | '*' | null {
  if (header === undefined) return null
  if (header.trim() === '*') return '*'
  if (!listOfTags.test(header)) throw new Refusal('malformed_request')
  return (header.match(tags) ?? []).map(versionIn)
}

/**
 * The preconditions of a request. Refuses `malformed_request` for a header that is neither a list of tags nor `*`, and
 * `precondition_failed` where resources have no tags: none can match then, and `*` does.
 */
export function readCondition(c: HonoContext<Env>, { conditional }: Access): Condition | null {
  if (conditional === undefined) return null
  const match = readTags(c.req.header('If-Match'))
  const noneMatch = readTags(c.req.header('If-None-Match')?.replaceAll(`"${RUNNING}`, '"-'))
  if (match === null && noneMatch === null) return null
  if (conditional === true) return { match, noneMatch }
  if (Array.isArray(match) || noneMatch === '*') throw new Refusal('precondition_failed')
  return null
}

/**
 * Answers a read 304 when the caller has this version already; the use cases of writes heed their conditions themselves. The survivor
 * of a merge, with its own versions, stands elsewhere (Content-Location), so its tag says nothing about what was asked for. Refuses
 * `precondition_failed`.
 */
export function heedCondition(c: HonoContext<Env>): void {
  const ctx = c.get('ctx')
  const { headers } = c.res
  const tag = headers.get('ETag')
  if (ctx.condition === null || tag === null || headers.has('Content-Location')) return
  if (tag.includes(RUNNING) && ctx.condition.match === null) return
  const version = versionIn(tag)
  if (accepts(ctx, version)) return
  const { match } = ctx.condition
  if (match === null || isNamed(version, match)) {
    c.res = new Response(null, { status: 304 })
    return
  }
  c.res = undefined
  throw new Refusal('precondition_failed')
}
