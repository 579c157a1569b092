import type { TestApp } from '../app.ts'

/**
 * A request, or several, that a route's sample does not make. What it resolves with must be the same both ways.
 * @param others where it leaves the apps that it starts: their tenants have other names the second time.
 */
export type ExtraCall = (app: TestApp, others: TestApp[]) => Promise<unknown>

/** A request that succeeds. */
export async function succeed(
  { call }: TestApp,
  method: string,
  path: string,
  options: Parameters<TestApp['call']>[2] = {},
) {
  const { status, body, text } = await call(method, path, options)
  if (status >= 300) throw new Error(`${method} ${path} answered ${status}: ${text}`)
  return body
}

export const ask =
  (method: string, path: string, body?: unknown): ExtraCall =>
  (app) =>
    succeed(app, method, path, { body })
