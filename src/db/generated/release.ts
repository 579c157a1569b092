/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '6a3909b032e3febe'
