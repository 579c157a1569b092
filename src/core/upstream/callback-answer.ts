/** What a provider sends to a callback (RFC 6749, 4.1.2; RFC 9207, 2). An absent or empty parameter is null. */
export type CallbackAnswer = {
  readonly code: string | null
  readonly error: string | null
  /** Who answers. */
  readonly iss: string | null
}

/** Null if a parameter is repeated, because the answer may be mixed from two answers. */
export function readCallbackAnswer(parameters: URLSearchParams): CallbackAnswer | null {
  const names = ['code', 'error', 'iss', 'state']
  if (names.some((name) => parameters.getAll(name).length > 1)) return null
  const find = (name: string) => parameters.get(name) || null
  return { code: find('code'), error: find('error'), iss: find('iss') }
}
