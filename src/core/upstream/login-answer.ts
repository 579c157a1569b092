/** What a provider sends to a callback (RFC 6749, 4.1.2; RFC 9207, 2). An absent or empty parameter is null. */
export type LoginAnswer = {
  readonly code: string | null
  readonly error: string | null
  /** Who answers. */
  readonly iss: string | null
}

/** Null for an answer that says something twice: it was put together of two. */
export function readAnswer(parameters: URLSearchParams): LoginAnswer | null {
  const names = ['code', 'error', 'iss', 'state']
  if (names.some((name) => parameters.getAll(name).length > 1)) return null
  const find = (name: string) => parameters.get(name) || null
  return { code: find('code'), error: find('error'), iss: find('iss') }
}
