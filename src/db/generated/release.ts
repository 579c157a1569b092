/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '6f693d08312fa557'
