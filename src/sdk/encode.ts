/** A path with its parts encoded. A part that is missing, `.` or `..` is refused. */
export const encodePath = (strings: TemplateStringsArray, ...parts: readonly string[]): string =>
  String.raw({ raw: strings }, ...parts.map(segment))

function segment(part: string): string {
  if (typeof part !== 'string' || /^\.{0,2}$/.test(part)) throw new TypeError('An id is missing.')
  return encodeURIComponent(part)
}

/** A query string: a list repeats its name, a date is written in ISO 8601, and a value in an object is named `metadata.tier`. */
export function encodeQuery(query: object = {}): string {
  const parameters = new URLSearchParams(Object.entries(query).flatMap(named))
  return parameters.size > 0 ? `?${parameters}` : ''
}

function named([name, value]: [string, unknown]): [string, string][] {
  if (value === undefined) return []
  if (Array.isArray(value)) return value.flatMap((item) => named([name, item]))
  if (value instanceof Date) return [[name, value.toISOString()]]
  if (Object(value) !== value) return [[name, String(value)]]
  return Object.entries(Object(value)).flatMap(([key, inner]) => named([`${name}.${key}`, inner]))
}

/** 128 random bits in hex; `crypto.randomUUID` is missing on pages without https. */
export const randomHex = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
