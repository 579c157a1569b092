type Shop = { readonly tenant: string; readonly otherTenant: string }

const ID = /\b([a-z]{3,4})_[0-7][0-9a-hjkmnp-tv-z]{25}\b/g
/** Tokens, hashes, salts, what is sealed. */
const RANDOM = /[A-Za-z0-9+/_=-]{20,}|\b[0-9a-f]{16}\b/g
/** The code of a login, on a line of its own or within an element. */
const CODE = /(?<=^|\n|>)\d{6}(?=$|\n|<)/g
const isReadable = (text: string): boolean => /^[a-z_/-]+$/.test(text)
/** Moments that depend on a random id, the random number of a rule, and the place in a feed, whose numbers have gaps. */
const accidental = new Set([
  'next_attempt_at',
  'nextAttemptAt',
  'wake_at',
  'rule_number',
  'nextCursor',
])

/**
 * What two shops that had the same requests have in common: ids and what is random are numbered in the order in which they are met, so
 * that two places with the same value still have the same.
 */
export class Likeness {
  readonly #names = new Map<string, string>()
  readonly #counts = new Map<string, number>()
  readonly #shops: readonly Shop[]

  /** @param shops whose tenants have other names in the other run. */
  constructor(shops: readonly Shop[]) {
    this.#shops = shops
  }

  of(value: unknown): unknown {
    return mapTexts(value, (text) => this.#write(text, (it, kind) => this.#number(it, kind)))
  }

  /** Rows in an order that does not depend on an id that has no number yet. */
  ofSorted(rows: readonly unknown[]): unknown[] {
    const known = (it: string, kind: string) => this.#names.get(it) ?? `${kind}#`
    const keyed = rows.map((row) => ({
      row,
      key: JSON.stringify(mapTexts(row, (text) => this.#write(text, known))),
    }))
    keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    return keyed.map(({ row }) => this.of(row))
  }

  #write(text: string, name: (it: string, kind: string) => string): string {
    let written = text
    for (const [at, { tenant, otherTenant }] of this.#shops.entries()) {
      written = written.replaceAll(tenant, `tenant ${at}`).replaceAll(otherTenant, `other ${at}`)
    }
    return written
      .replace(CODE, (found) => name(found, 'code'))
      .replace(ID, name)
      .replace(RANDOM, (found) => (isReadable(found) ? found : name(found, 'random')))
  }

  #number(it: string, kind: string): string {
    const known = this.#names.get(it)
    if (known !== undefined) return known
    const count = (this.#counts.get(kind) ?? 0) + 1
    this.#counts.set(kind, count)
    const name = `${kind}#${count}`
    this.#names.set(it, name)
    return name
  }
}

function mapTexts(value: unknown, write: (text: string) => string): unknown {
  if (typeof value === 'string') return write(value)
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, write))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      write(key),
      accidental.has(key) && item !== null ? 'something' : mapTexts(item, write),
    ]),
  )
}
