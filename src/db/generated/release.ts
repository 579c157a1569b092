/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'd285d4c55fd6d0f8'
