import { createHash, randomBytes } from 'node:crypto'
import type { Context as HonoContext } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { Env } from '../env.ts'

/**
 * The cookie that binds a page to the browser that opened it. Only this host can set or read it (prefix `__Host-`), except in development without TLS. It
 * stays when another page is opened, so that two tabs do not disturb each other.
 */
const NAME = 'login'
const VALUE = /^[\w-]{43}$/

const isSecure = ({ env }: HonoContext<Env>): boolean => env.config.publicUrl.startsWith('https:')

function cookieOf(c: HonoContext<Env>): string | undefined {
  const value = isSecure(c) ? getCookie(c, NAME, 'host') : getCookie(c, NAME)
  return value !== undefined && VALUE.test(value) ? value : undefined
}

const hashOf = (cookie: string): string => createHash('sha256').update(cookie).digest('base64url')

/** The hash of the browser's cookie, which it gets if it has none. */
export function markBrowser(c: HonoContext<Env>): string {
  const known = cookieOf(c)
  if (known !== undefined) return hashOf(known)
  const cookie = randomBytes(32).toString('base64url')
  const options = { path: '/', httpOnly: true, sameSite: 'Lax' } as const
  setCookie(c, NAME, cookie, isSecure(c) ? { ...options, secure: true, prefix: 'host' } : options)
  return hashOf(cookie)
}

/** Whether the form was sent by the browser that opened the page. */
export function isSameBrowser(c: HonoContext<Env>, browser: string): boolean {
  const cookie = cookieOf(c)
  return cookie !== undefined && hashOf(cookie) === browser
}

/** Whether the form comes from a page of another site. Browsers say so, and a page cannot change what they say. */
export function isCrossSiteForm(c: HonoContext<Env>): boolean {
  const origin = c.req.header('Origin')
  const site = c.req.header('Sec-Fetch-Site')
  const own = [c.req.url, c.env.config.publicUrl].map((url) => new URL(url).origin)
  return (
    (origin !== undefined && !own.includes(origin)) ||
    (site !== undefined && site !== 'same-origin' && site !== 'none')
  )
}
