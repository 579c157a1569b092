/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '00dce78ee87977a8'
