/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '11f317336ee92326'
