/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '554bac0de2d82078'
