/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '482edb38b8fac49b'
