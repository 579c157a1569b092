import { expect } from 'vitest'
import { accessByRoute, type RouteKey } from '../../src/http/access.ts'

const names = (header: string | null) => [...(header ?? '').matchAll(/"(\w+)"/g)].map(([, n]) => n)
const ITEM = /^"\w+";q=[1-9]\d*(;w=[1-9]\d*|;qu="concurrent-requests")$/

/** What an answer tells of limits. It is what the table of routes says, whatever else the answer is. */
export function told(key: RouteKey, { status, headers }: { status: number; headers: Headers }) {
  const [policy, left] = [headers.get('RateLimit-Policy'), headers.get('RateLimit')]
  const limited: readonly (string | undefined)[] = accessByRoute[key].limited ?? []
  expect(names(policy), key).toEqual(limited)
  for (const one of policy?.split(', ') ?? []) expect(one).toMatch(ITEM)
  if (left !== null) expect(left).toMatch(/^"\w+";r=\d+(;t=[1-9]\d*)?$/)
  expect(limited).toEqual(expect.arrayContaining(names(left)))
  return { status, policy, left, wait: headers.get('Retry-After') }
}
