/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '7af3f7690faa6a42'
