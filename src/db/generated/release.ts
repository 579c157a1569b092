/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'e4fc572c70ffb7e8'
