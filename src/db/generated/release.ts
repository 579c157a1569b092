/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '347051930882d93d'
