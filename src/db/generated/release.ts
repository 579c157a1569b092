/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '093f827cf8312762'
