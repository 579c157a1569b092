/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '17fc9c6520773982'
