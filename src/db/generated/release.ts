/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '900177743a1ef118'
