/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'cddb78b87224aeb1'
