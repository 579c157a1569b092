/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'ef11829ee8d59bf7'
