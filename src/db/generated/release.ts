/** The set of functions that this code calls: `drizzle/generated/set.json`. */
export const release = '9274d953ee687d0d'
