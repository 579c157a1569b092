/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'dd935bc10ce095f4'
