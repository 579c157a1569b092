const tags = new WeakMap<object, string>()

/** An object that this client returned, or its ETag. */
export type Matchable = string | object

/** The ETag of an object that this client returned. */
export const etagOf = (resource: object): string | undefined => tags.get(resource)

export function ifMatchTagOf(match: Matchable): string {
  const tag = typeof match === 'string' ? match : etagOf(match)
  if (tag === undefined) throw new TypeError('ifMatch: this object has no ETag.')
  return tag
}

export function rememberEtag(value: unknown, tag: string | null): unknown {
  if (tag !== null && typeof value === 'object' && value !== null) tags.set(value, tag)
  return value
}
