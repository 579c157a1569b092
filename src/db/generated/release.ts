/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'a929806111629a48'
