type Prefixed<P extends string, C> = {
  readonly [K in keyof C & string as `${P}${Capitalize<K>}`]: C[K]
}

const prefixedName = (prefix: string, name: string) =>
  `${prefix}${name.charAt(0).toUpperCase()}${name.slice(1)}`

/** Fields under names with a prefix, for parameters of two tables with equal column names. */
export const fieldsWithPrefix = <P extends string, C extends object>(prefix: P, fields: C) =>
  Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [prefixedName(prefix, name), field]),
  ) as Prefixed<P, C>

/** The parameters with a prefix, under their names without it. */
export const valuesWithoutPrefix = <
  P extends string,
  C extends object,
  V extends Prefixed<P, unknown>,
>(
  prefix: P,
  fields: C,
  values: V,
) =>
  Object.fromEntries(
    Object.keys(fields).map((name) => [name, values[prefixedName(prefix, name) as keyof V]]),
  ) as {
    readonly [K in keyof C & string]: V[`${P}${Capitalize<K>}` & keyof V]
  }
