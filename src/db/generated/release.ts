/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'aee2bac05abb0ac3'
