/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = 'd7a9314ece06055d'
