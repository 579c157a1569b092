/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '5f45220bd7216a95'
