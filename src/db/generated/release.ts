/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '764e8ee3049a414d'
