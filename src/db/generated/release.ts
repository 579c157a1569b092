/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '3645b57d6f8da941'
