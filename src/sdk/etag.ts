const tags = new WeakMap<object, string>()

/** Something that this client answered, or its ETag. */
export type Matchable = string | object

/** The ETag an object was answered with. */
export const etagOf = (resource: object): string | undefined => tags.get(resource)

export function tagOf(match: Matchable): string {
  const tag = typeof match === 'string' ? match : etagOf(match)
  if (tag === undefined) throw new TypeError('ifMatch: this object has no ETag.')
  return tag
}

export function keepEtag(value: unknown, tag: string | null): unknown {
  if (tag !== null && typeof value === 'object' && value !== null) tags.set(value, tag)
  return value
}
