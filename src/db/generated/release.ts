/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '27f60931074b067c'
