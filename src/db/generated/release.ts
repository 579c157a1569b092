/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'd7d48998e8951a76'
