/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '708878346be1bca7'
