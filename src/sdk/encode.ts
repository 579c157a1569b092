/** A path with its parts encoded. A part that is missing, `.` or `..` is refused. */
export const path = (strings: TemplateStringsArray, ...parts: readonly string[]): string =>
  String.raw({ raw: strings }, ...parts.map(segment))

function segment(part: string): string {
  if (typeof part !== 'string' || /^\.{0,2}$/.test(part)) throw new TypeError('An id is missing.')
  return encodeURIComponent(part)
}

/** A query string: a list repeats its name, a date is written in ISO 8601. */
export function search(query: object = {}): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    for (const item of [value].flat()) {
      if (item !== undefined)
        parameters.append(name, item instanceof Date ? item.toISOString() : String(item))
    }
  }
  return parameters.size > 0 ? `?${parameters}` : ''
}

/** 128 random bits in hex; `crypto.randomUUID` is missing on pages without https. */
export const randomKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
