/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '81c3b00b5cade574'
